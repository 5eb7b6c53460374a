// What is heard in the page: which codec, at which quality, within the size that the page may have.
#include <algorithm>
#include <cmath>
#include <formats/memory_sink.hpp>
#include <optional>
#include <partwise/error.hpp>
#include <report/base64.hpp>
#include <writers/report_audio.hpp>
#include <writers/sound_segments.hpp>

namespace partwise {
namespace {

constexpr double kGridSteps = 32768;  // of 16 bits
/// A bit rate is an average that an encoder meets about so well.
constexpr double kBitsMargin = 0.93;
constexpr int kTries = 3;

std::string megabytes(double bytes) {
  const double tenths = std::ceil(bytes / 1e5) / 10;
  std::string text = std::to_string(tenths);
  text.resize(text.find('.') + 2);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + " MB";
}

std::vector<std::byte> encode_wav(MatrixView<const float> samples, double rate_hz,
                                  SampleFormat format) {
  MemorySink sink;
  const auto encoder =
      wav_container().make_encoder(sink, {rate_hz, samples.cols, samples.rows, format});
  encoder->write(samples);
  encoder->finish();
  return sink.take();
}

/// Our own, which every browser reads: floats as they are, or the grid of 16 bits.
SegmentCodec wav_segments(SampleFormat format) {
  constexpr double kMaxRateHz = 1e6;
  SegmentCodec codec;
  codec.name = "wav";
  codec.media_type = "audio/wav";
  codec.on_grid = format == SampleFormat::pcm16;
  codec.lossless = !codec.on_grid;
  codec.most_rate_hz = kMaxRateHz;
  codec.encode = [format](MatrixView<const float> samples, double rate_hz, double) {
    return encode_wav(samples, rate_hz, format);
  };
  return codec;
}

/// Writes one report's sound; holds what all attempts have in common.
class Maker {
 public:
  Maker(const RunContext& context, const RunResults& results, std::uint64_t budget)
      : source_(context),
        results_(results),
        budget_(budget),
        codecs_(context.codecs),
        reducer_(context.reducer),
        control_(context.control),
        wav_(wav_segments(SampleFormat::float32)),
        wav16_(wav_segments(SampleFormat::pcm16)) {}

  ReportAudio make(ReportAudioCodec wanted) {
    if (wanted == ReportAudioCodec::none) return links("");
    if (wanted != ReportAudioCodec::automatic) return make_as(named(wanted));
    const SegmentCodec* lossless = find("flac");
    if (lossless == nullptr) lossless = &wav_;
    if (auto audio = attempt(*lossless, 0)) return std::move(*audio);
    if (const SegmentCodec* opus = find("opus")) return make_as(*opus, needed_);
    if (auto audio = attempt(wav16_, 0)) {
      audio->note =
          "The sound in this page is rounded to 16 bits. The files are exact. " + audio->note;
      return std::move(*audio);
    }
    return links(too_large());
  }

 private:
  const SegmentCodec* find(std::string_view name) const {
    if (name == "wav") return &wav_;
    for (const auto& codec : codecs_.segments) {
      if (codec.name == name) return &codec;
    }
    return nullptr;
  }

  const SegmentCodec& named(ReportAudioCodec wanted) const {
    const std::string_view name = report_audio_name(wanted);
    const SegmentCodec* codec = find(name);
    if (codec == nullptr) {
      throw bad_argument("report_audio", name, "wav or none: this build has no codecs");
    }
    return *codec;
  }

  [[nodiscard]] Index num_parts() const { return static_cast<Index>(source_.part_names.size()); }
  [[nodiscard]] Index num_tracks() const { return num_parts() + 1; }

  /// The codec at the best quality that fits. lossless_bytes: what nothing lost would have taken.
  ReportAudio make_as(const SegmentCodec& codec, double lossless_bytes = 0) {
    const auto channels =
        static_cast<double>(std::min(source_.signal.num_channels(), codec.most_channels));
    const double seconds = source_.signal.seconds() * static_cast<double>(num_tracks());
    constexpr double kBase64 = 4.0 / 3, kBitsOfByte = 8;
    double bits = static_cast<double>(budget_) / kBase64 * kBitsOfByte / seconds * kBitsMargin;
    if (codec.most_bits > 0) {
      if (bits < codec.least_bits * channels) {
        needed_ = std::max(needed_, codec.least_bits * channels * seconds / kBitsOfByte * kBase64);
        return links(too_large());
      }
      bits = std::min(bits, codec.most_bits * channels);
    }
    for (int i = 0; i < (codec.most_bits > 0 ? kTries : 1); ++i) {
      if (auto audio = attempt(codec, bits)) {
        if (lossless_bytes > 0) audio->note = lowered(bits, lossless_bytes) + audio->note;
        return std::move(*audio);
      }
      bits *= kBitsMargin * static_cast<double>(budget_) / needed_;
    }
    return links(too_large());
  }

  std::string lowered(double bits, double lossless_bytes) const {
    return "The sound in this page is Opus at about " + std::to_string(std::lround(bits / 1000)) +
           " kbit/s for each part: without loss it would take more than " +
           megabytes(std::min(lossless_bytes, static_cast<double>(budget_))) +
           ". The files beside this page are exact.";
  }
  std::string too_large() const {
    return "The sound would take " + megabytes(needed_) +
           ", and the size limit of this page leaves " + megabytes(static_cast<double>(budget_)) +
           " for it, so it is linked: the players read the files beside this page.";
  }

  ReportAudio start(const SegmentCodec* codec) const {
    ReportAudio audio;
    audio.budget_bytes = budget_;
    audio.num_channels = source_.signal.num_channels();
    if (codec == nullptr) return audio;
    audio.codec = codec->name;
    audio.media_type = codec->media_type;
    audio.lossless = codec->lossless;
    if (audio.num_channels > codec->most_channels) {
      audio.num_channels = 1;
      audio.note = "The sound in this page is the mean of the recording's " +
                   std::to_string(source_.signal.num_channels()) + " channels.";
    }
    return audio;
  }

  /// Nothing where the budget does not hold it; needed_ then says how much it would have been at
  /// least.
  std::optional<ReportAudio> attempt(const SegmentCodec& codec, double bits) {
    needed_ = 0;
    if (!can_take(codec, codecs_, source_.signal)) return links("");
    ReportAudio audio = start(&codec);
    const SegmentPlan plan(codec, codecs_, source_.signal, num_tracks(), bits);
    audio.sample_rate_hz = plan.rate_hz();
    audio.num_samples = plan.num_samples();
    audio.segment_samples = plan.segment_samples();
    audio.lead_samples = plan.lead_samples();
    audio.scale = codec.name == "wav" && codec.lossless ? 1 : scale();
    sums_ = codec.on_grid ? Matrix<float>(source_.signal.num_samples(), audio.num_channels)
                          : Matrix<float>();
    for (Index i = -1; i < num_parts(); ++i) {
      control_.check_stop();
      ReportTrack track = i < 0 ? input_track() : stem_track(source_.tracks[i]);
      Matrix<float> samples = channels_of(i, audio.num_channels);
      track.peak = peak_of(samples);
      track.outline = outline_of(samples, track.peak);
      prepare(samples, audio.scale, codec.on_grid, /*is_part=*/i >= 0);
      track.segments = plan.encode(samples, reducer_);
      for (const auto& segment : track.segments)
        needed_ += static_cast<double>(report::base64_length(segment.size()));
      audio.tracks.push_back(std::move(track));
      const auto done = static_cast<double>(i + 2), all = static_cast<double>(num_tracks());
      if (needed_ > static_cast<double>(budget_)) {
        needed_ *= all / done;
        return std::nullopt;
      }
    }
    add_files(audio);
    return audio;
  }

  /// A power of two that brings every track into [-1, 1].
  [[nodiscard]] double scale() const {
    double peak = peak_of(source_.signal.samples);
    for (Index k = 0; k < num_parts(); ++k) peak = std::max(peak, results_.tracks[k].level.peak());
    return peak > 1 ? std::exp2(std::ceil(std::log2(peak))) : 1;
  }

  static double peak_of(const Matrix<float>& samples) {
    float peak = 0;
    for (Index c = 0; c < samples.cols(); ++c) {
      const float* column = samples.column(c);
      for (Index i = 0; i < samples.rows(); ++i) peak = std::max(peak, std::abs(column[i]));
    }
    return static_cast<double>(peak);
  }

  /// The recording (-1) or part i, all channels or their mean.
  Matrix<float> channels_of(Index i, Index num_channels) {
    Signal decoded;
    if (i >= 0) {
      const auto file = source_.folder.open(source_.tracks[i].file_name);
      decoded = codecs_.decode ? codecs_.decode(*file, {}, control_).signal
                               : decode_wav(*file, {}, control_).signal;
    }
    const Matrix<float>& all = i >= 0 ? decoded.samples : source_.signal.samples;
    Matrix<float> out(all.rows(), num_channels);
    const float share = 1.0F / static_cast<float>(all.cols());
    for (Index c = 0; c < all.cols(); ++c) {
      const float* from = all.column(c);
      if (num_channels == all.cols()) {
        std::copy_n(from, all.rows(), out.column(c));
      } else {
        float* to = out.column(0);
        for (Index n = 0; n < all.rows(); ++n) to[n] += share * from[n];
      }
    }
    return out;
  }

  /// Divides by the scale and, on a grid, rounds parts so that their sum is the rounded sum: what
  /// one hears adds up to the recording to the last bit, where the parts themselves do.
  void prepare(Matrix<float>& samples, double scale, bool on_grid, bool is_part) {
    const auto factor = static_cast<float>(1 / scale);
    reducer_.for_each(samples.cols(), [&](Index c) {
      float* x = samples.column(c);
      for (Index n = 0; n < samples.rows(); ++n) {
        x[n] *= factor;
        if (!on_grid) continue;
        if (!is_part) {
          x[n] = on_grid_of(x[n]);
          continue;
        }
        float& sum = sums_.column(c)[n];
        const float before = on_grid_of(sum);
        sum += x[n];
        x[n] = on_grid_of(sum) - before;
      }
    });
  }
  static float on_grid_of(float x) {
    return static_cast<float>(std::nearbyint(static_cast<double>(x) * kGridSteps) / kGridSteps);
  }

  ReportTrack input_track() const {
    ReportTrack track{"input", "input", "", {}, {}, 0};
    if (source_.tracks.back().kind == TrackKind::input)
      track.file_name = source_.tracks.back().file_name;
    return track;
  }
  static ReportTrack stem_track(const RunTrack& file) {
    return {file.name, std::string(track_kind_name(file.kind)), file.file_name, {}, {}, 0};
  }

  /// Mix and residual, which the page makes itself, as files beside it.
  void add_files(ReportAudio& audio) const {
    for (const Index after : {0, 1})
      audio.tracks.push_back(stem_track(source_.tracks[num_parts() + after]));
  }

  ReportAudio links(const std::string& note) const {
    ReportAudio audio = start(nullptr);
    audio.note = note;
    if (source_.tracks.back().kind == TrackKind::input) audio.tracks.push_back(input_track());
    for (Index k = 0; k < num_parts(); ++k) audio.tracks.push_back(stem_track(source_.tracks[k]));
    add_files(audio);
    return audio;
  }

  const RunContext& source_;
  const RunResults& results_;
  std::uint64_t budget_;
  const ReportCodecs& codecs_;
  Reducer& reducer_;
  const RunControl& control_;
  SegmentCodec wav_, wav16_;
  Matrix<float> sums_;  ///< of the parts so far
  double needed_ = 0;
};

}  // namespace

ReportAudio make_report_audio(const RunContext& context, const RunResults& results,
                              std::uint64_t budget_bytes) {
  ReportAudio audio = Maker(context, results, budget_bytes).make(context.options.report_audio);
  if (context.options.report_alone) {
    for (ReportTrack& track : audio.tracks) track.file_name.clear();
    if (audio.codec == "none") audio.note.clear();  // which speaks of files beside the page
  }
  return audio;
}

}  // namespace partwise
