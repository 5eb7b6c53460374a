// One-shots: the cleanest hit of every drum-like part as a file, and an SFZ that plays them.
#include <algorithm>
#include <cmath>
#include <disk/file_sink.hpp>
#include <numbers>
#include <options/sample_format.hpp>
#include <writers/one_shots.hpp>
#include <writers/output.hpp>
#include <writers/output_files.hpp>
#include <writers/track_reader.hpp>

namespace partwise {
namespace {

constexpr double kFadeIn_s = 0.001;
constexpr double kFadeOutShare = 0.25;

/// What a sample of the shot is multiplied by.
double fade(Index i, Index count, double rate_hz) {
  const auto smooth = [](double share) {
    return 0.5 - 0.5 * std::cos(std::numbers::pi * std::clamp(share, 0.0, 1.0));
  };
  const double in = static_cast<double>(i) / (kFadeIn_s * rate_hz);
  const double out =
      static_cast<double>(count - 1 - i) / (kFadeOutShare * static_cast<double>(count));
  return smooth(in) * smooth(out);
}

void fade_and_round(Matrix<float>& sound, double rate_hz, SampleFormat format) {
  for (Index c = 0; c < sound.cols(); ++c) {
    for (Index i = 0; i < sound.rows(); ++i) {
      sound(i, c) = static_cast<float>(sound(i, c) * fade(i, sound.rows(), rate_hz));
    }
  }
  const SampleGrid grid(format);
  if (!grid.holds_floats()) (void)grid.round(sound.view(), sound.view());
}

/// "part-00-kick" gives "one-shot-00-kick".
std::string file_name_of(const PartName& name, const std::string& extension) {
  return "one-shot" + name.stem.substr(name.stem.find('-')) + "." + extension;
}

/// Which hit stands for a part is known once all events are, and any hit may turn out to be the
/// one. So no stretch of the stream is kept: the few that are chosen are read back from the files
/// of their parts.
class OneShotsOutput final : public Output {
 public:
  explicit OneShotsOutput(const RunContext& context) : context_(context) {}

  std::vector<std::string> finish(RunResults& results) override {
    const Signal& signal = context_.signal;
    std::vector<std::string> written;
    // A one-shot plays to its end; amplitude by velocity is SFZ's own rule, (velocity / 127)^2,
    // which undoes velocity_of().
    std::string sfz = "<global>\nloop_mode=one_shot\n";
    for (const OneShot& shot :
         choose_one_shots(results.events, signal.num_samples(), signal.sample_rate_hz)) {
      context_.control.check_stop();
      const std::string name =
          file_name_of(context_.part_names[shot.part], context_.container.extension);
      write_shot(shot, name);
      sfz += "<region>\nsample=" + name +
             "\nkey=" + std::to_string(results.events[shot.part].drum_key) + "\n";
      written.push_back(name);
    }
    write_file(context_.folder, "one-shots.sfz", sfz);
    written.emplace_back("one-shots.sfz");
    return written;
  }

 private:
  void write_shot(const OneShot& shot, const std::string& name) const {
    const SampleFormat format = sample_format_of(context_.options.format);
    const double rate_hz = context_.signal.sample_rate_hz;
    Matrix<float> sound =
        read_track(context_, context_.tracks[shot.part], shot.first_sample, shot.num_samples);
    fade_and_round(sound, rate_hz, format);
    const auto sink = context_.folder.create(name);
    const auto encoder =
        context_.container.make_encoder(*sink, {rate_hz, sound.cols(), sound.rows(), format});
    encoder->write(sound);
    encoder->finish();
  }

  const RunContext& context_;
};

}  // namespace

OutputSpec one_shots_output() {
  return {.name = "one-shots",
          .wanted = [](const RunOptions& options) { return options.one_shots; },
          .make = make_output<OneShotsOutput>,
          .after = {"stems", "events"}};
}

}  // namespace partwise
