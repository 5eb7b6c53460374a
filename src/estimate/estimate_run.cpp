#include <algorithm>
#include <chrono>
#include <estimate/measure_analysis.hpp>
#include <formats/sha256.hpp>
#include <options/sample_format.hpp>
#include <partwise/estimate.hpp>
#include <partwise/report.hpp>
#include <partwise/stft.hpp>
#include <writers/sample_grid.hpp>

namespace partwise {
namespace {

// What the system takes to copy bytes into its cache and begin to write them: a page of memory in
// four microseconds, measured on files of 16 MB each.
constexpr double kCopiedBytesPerSecond = 1e9;
constexpr double kSyncedFile_s = 0.005;  // until a file is on the disk
// Samples a second that one processor puts into the page: FLAC, or resampled and as Opus.
constexpr double kFlacPerSecond = 30e6, kOpusPerSecond = 8e6;
constexpr double kReport_s = 0.03;  // its pictures

/// Hashes what it is given, as the files of a run are.
class HashingSink : public SeekableSink {
 public:
  void write(std::span<const std::byte> bytes) override {
    hash_.update(bytes);
    position_ += bytes.size();
    size_ = std::max(size_, position_);
  }
  void finish() override { (void)hash_.finish(); }
  void seek(std::uint64_t offset) override { position_ = offset; }
  [[nodiscard]] std::uint64_t position() const override { return position_; }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  Sha256 hash_;
  std::uint64_t position_ = 0;
  std::uint64_t size_ = 0;
};

struct MeasuredTrack {
  double seconds = 0;
  double bytes = 0;
};

/// The excerpt as a file of its own.
MeasuredTrack measure_track(const Signal& excerpt, SampleFormat format,
                            const Container& container) {
  const auto begin = std::chrono::steady_clock::now();
  Matrix<float> rounded(excerpt.num_samples(), excerpt.num_channels());
  (void)SampleGrid(format).round(excerpt.samples.view(), rounded.view());
  HashingSink sink;
  const EncodeSpec spec{excerpt.sample_rate_hz, excerpt.num_channels(), excerpt.num_samples(),
                        format};
  const auto encoder = container.make_encoder(sink, spec);
  const auto bytes = encoder->take_as_bytes(rounded.view());
  bytes.empty() ? encoder->write(rounded.view()) : sink.write(bytes);
  encoder->finish();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(),
          static_cast<double>(sink.size())};
}

/// Sound in the page: without loss where it fits, which is half of its 16 bits and a third for
/// base64.
double encoding_s(double values, const RunOptions& options) {
  if (options.report_audio == ReportAudioCodec::none) return 0;
  constexpr double kFlacBytes = 1.33, kMegabyte = 1e6;
  const bool fits = values * kFlacBytes < options.report_size_mb * kMegabyte;
  return values / (fits ? kFlacPerSecond : kOpusPerSecond);
}

}  // namespace

RunEstimate estimate_run(const Signal& excerpt, const EstimateInput& input,
                         const RunOptions& options, const Container& container, Reducer& reducer,
                         const RunControl& control) {
  const StftOptions stft = resolve(options.analysis.stft, excerpt.sample_rate_hz);
  RunEstimate out;
  out.num_samples = input.num_samples;
  out.num_channels = excerpt.num_channels();
  out.sample_rate_hz = excerpt.sample_rate_hz;
  out.num_bins = num_bins(stft);
  out.num_frames = num_frames(input.num_samples, stft);
  out.num_components = *resolve(options.analysis).factorize.num_components;
  out.num_parts = expected_parts(options.analysis);
  out.threads = reducer.threads();
  out.memory_bytes = estimated_memory_bytes(input.num_samples, excerpt.num_channels(),
                                            excerpt.sample_rate_hz, options);

  const MeasuredAnalysis analysis =
      measure_analysis(excerpt, options.analysis, options.events, reducer, control);
  const MeasuredTrack track = measure_track(excerpt, sample_format_of(options.format), container);
  const auto samples = static_cast<double>(input.num_samples);
  const double tracks = static_cast<double>(out.num_parts) + (input.writes_input ? 3 : 2);
  const double longer = samples / static_cast<double>(excerpt.num_samples());
  const double sound_bytes = track.bytes * longer * tracks;
  const double factors_bytes = sizeof(float) * static_cast<double>(out.num_components) *
                               static_cast<double>(out.num_bins + out.num_frames);
  out.output_bytes = static_cast<std::uint64_t>(sound_bytes + factors_bytes);

  out.seconds.decode = input.decode_s;
  out.seconds.transform = analysis.transform_s * longer;
  out.seconds.factorize = analysis.factorize_s * longer;
  out.seconds.separate = analysis.separate_s * longer;
  out.seconds.events = analysis.events_s * longer;
  out.seconds.write = track.seconds * longer * tracks / out.threads +
                      sound_bytes / kCopiedBytesPerSecond + tracks * kSyncedFile_s;
  if (options.report) {
    const double values =
        samples * static_cast<double>(excerpt.num_channels() * (out.num_parts + 1));
    out.seconds.report = kReport_s + encoding_s(values, options) / out.threads;
  }
  out.seconds.total = out.seconds.decode + out.seconds.transform + out.seconds.factorize +
                      out.seconds.separate + out.seconds.events + out.seconds.write +
                      out.seconds.report;
  return out;
}

}  // namespace partwise
