#include <algorithm>
#include <cmath>
#include <disk/file_sink.hpp>
#include <numbers>
#include <writers/one_shots.hpp>
#include <writers/sample_grid.hpp>

namespace partwise {
namespace {

constexpr double kLead_s = 0.002;  // before the onset, which is known to a millisecond or two
constexpr double kFadeIn_s = 0.001;
constexpr double kFadeOutShare = 0.25;
constexpr double kLongest_s = 2;
constexpr double kTail = 2;           // times the fall by 20 dB: 40 dB down, where falls are even
constexpr double kAttack_s = 0.1;     // what makes a drum recognisable
constexpr double kTogether_s = 0.03;  // hits that begin so much before this one sound with it
constexpr double kListened_s = 0.35;  // of a hit; what comes later hardly spoils it

double spoiled_by(const std::vector<PartEvents>& events, std::size_t part, double onset_s) {
  double sum = 0;
  for (std::size_t other = 0; other < events.size(); ++other) {
    if (other == part) continue;
    for (const Event& event : events[other].events) {
      const double after = event.onset_s - onset_s;
      if (after <= -kTogether_s || after >= kListened_s) continue;
      sum += after < kAttack_s ? 2 * event.strength : event.strength;
    }
  }
  return sum;
}

std::size_t cleanest(const std::vector<PartEvents>& events, std::size_t part) {
  const auto& own = events[part].events;
  std::size_t best = 0;
  double best_score = -1;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const double score =
        std::sqrt(own[i].strength) / (1 + spoiled_by(events, part, own[i].onset_s));
    if (score <= best_score) continue;
    best_score = score;
    best = i;
  }
  return best;
}

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

/// Copies of the shots, from the parts as they are made once more.
std::vector<Matrix<float>> collect(const std::vector<OneShot>& shots, const Signal& signal,
                                   const Analysis& analysis, Reducer& reducer,
                                   const RunControl& control) {
  std::vector<Matrix<float>> sounds;
  for (const OneShot& shot : shots) sounds.emplace_back(shot.num_samples, signal.num_channels());
  const RunControl unwatched;  // the run's progress is beyond this stage
  resynthesise(signal, analysis, reducer, unwatched, [&](const PartsBlock& block) {
    control.check_stop();
    for (std::size_t s = 0; s < shots.size(); ++s) {
      const OneShot& shot = shots[s];
      const Index first = std::max(shot.first_sample, block.first_sample);
      const Index end =
          std::min(shot.first_sample + shot.num_samples, block.first_sample + block.count);
      for (Index c = 0; c < signal.num_channels() && first < end; ++c) {
        std::copy_n(block.parts[shot.part].column(c) + (first - block.first_sample), end - first,
                    sounds[s].column(c) + (first - shot.first_sample));
      }
    }
  });
  return sounds;
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
std::string file_name_of(const PartName& name, const Container& container) {
  return "one-shot" + name.stem.substr(name.stem.find('-')) + "." + container.extension;
}

}  // namespace

std::vector<OneShot> choose_one_shots(const std::vector<PartEvents>& events, Index num_samples,
                                      double sample_rate_hz) {
  std::vector<OneShot> shots;
  for (std::size_t part = 0; part < events.size(); ++part) {
    const auto& own = events[part].events;
    if (events[part].kind != PartKind::drums || own.empty()) continue;
    const std::size_t i = cleanest(events, part);
    const double first_s = std::max(own[i].onset_s - kLead_s, 0.0);
    double end_s =
        own[i].onset_s + std::min(kTail * (own[i].offset_s - own[i].onset_s), kLongest_s);
    if (i + 1 < own.size()) end_s = std::min(end_s, own[i + 1].onset_s - kLead_s);
    const auto sample = [&](double seconds) {
      return std::clamp<Index>(std::lround(seconds * sample_rate_hz), 0, num_samples);
    };
    const Index first = std::min(sample(first_s), num_samples - 1);
    shots.push_back({static_cast<Index>(part), first, std::max<Index>(sample(end_s) - first, 1)});
  }
  return shots;
}

std::vector<std::string> write_one_shots(StagedFolder& folder, const Signal& signal,
                                         const Analysis& analysis,
                                         const std::vector<PartEvents>& events,
                                         const std::vector<PartName>& names,
                                         const Container& container, SampleFormat format,
                                         Reducer& reducer, const RunControl& control) {
  const auto shots = choose_one_shots(events, signal.num_samples(), signal.sample_rate_hz);
  std::vector<Matrix<float>> sounds = collect(shots, signal, analysis, reducer, control);
  std::vector<std::string> written;
  // A one-shot plays to its end; amplitude by velocity is SFZ's own rule, (velocity / 127)^2, which
  // undoes velocity_of().
  std::string sfz = "<global>\nloop_mode=one_shot\n";
  for (std::size_t s = 0; s < shots.size(); ++s) {
    control.check_stop();
    const std::string name = file_name_of(names[shots[s].part], container);
    fade_and_round(sounds[s], signal.sample_rate_hz, format);
    const auto sink = folder.create(name);
    const auto encoder = container.make_encoder(
        *sink, {signal.sample_rate_hz, signal.num_channels(), sounds[s].rows(), format});
    encoder->write(sounds[s]);
    encoder->finish();
    sfz += "<region>\nsample=" + name + "\nkey=" + std::to_string(events[shots[s].part].drum_key) +
           "\n";
    written.push_back(name);
  }
  const auto sink = folder.create("one-shots.sfz");
  sink->write_text(sfz);
  sink->finish();
  written.emplace_back("one-shots.sfz");
  return written;
}

}  // namespace partwise
