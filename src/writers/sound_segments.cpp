#include <algorithm>
#include <cmath>
#include <writers/rows.hpp>
#include <writers/sound_segments.hpp>

namespace partwise {
namespace {

// A page holds a few stretches of every track decoded: together 32 MB each, and none so short that
// its header counts.
constexpr double kDecodedBytes = 32e6;
constexpr double kLongestSeconds = 10;

double rate_for(const SegmentCodec& codec, double rate_hz) {
  if (codec.rates_hz.empty()) return rate_hz <= codec.most_rate_hz ? rate_hz : 0;
  for (const double rate : codec.rates_hz) {
    if (rate == rate_hz) return rate;
  }
  return codec.rates_hz.back();
}

}  // namespace

bool can_take(const SegmentCodec& codec, const ReportCodecs& codecs, const Signal& signal) {
  const double rate = rate_for(codec, signal.sample_rate_hz);
  // A stretch is whole samples at either rate only where rates are whole.
  const bool whole = std::floor(signal.sample_rate_hz) == signal.sample_rate_hz;
  return rate > 0 && (rate == signal.sample_rate_hz || (codecs.resample && whole)) &&
         signal.num_samples() > 0;
}

SegmentPlan::SegmentPlan(const SegmentCodec& codec, const ReportCodecs& codecs,
                         const Signal& signal, Index num_tracks, double bits)
    : codec_(codec),
      codecs_(codecs),
      from_rate_hz_(signal.sample_rate_hz),
      rate_hz_(rate_for(codec, signal.sample_rate_hz)),
      bits_(bits),
      from_samples_(signal.num_samples()) {
  const auto samples = static_cast<double>(from_samples_);
  num_samples_ = static_cast<Index>(std::ceil(samples * (rate_hz_ / from_rate_hz_)));
  const Index channels = std::min(signal.num_channels(), codec.most_channels);
  const double second = sizeof(float) * rate_hz_ * static_cast<double>(channels * num_tracks);
  seconds_ = static_cast<Index>(std::clamp(kDecodedBytes / second, 1.0, kLongestSeconds));
}

Index SegmentPlan::segment_samples() const {
  return static_cast<Index>(std::lround(rate_hz_ * static_cast<double>(seconds_)));
}
Index SegmentPlan::lead_samples() const {
  return static_cast<Index>(std::lround(rate_hz_ * codec_.lead_seconds));
}
Index SegmentPlan::num_segments() const {
  return (num_samples_ + segment_samples() - 1) / segment_samples();
}

SampleSpan SegmentPlan::encoded_span(Index i) const {
  return {std::max<Index>(0, i * segment_samples() - lead_samples()),
          std::min(num_samples_, (i + 1) * segment_samples() + lead_samples())};
}

SampleSpan SegmentPlan::source_of(Index i) const {
  if (rate_hz_ == from_rate_hz_) return encoded_span(i);
  // Resampled with a whole second more on either side, which is whole samples at either rate.
  const auto second = static_cast<Index>(from_rate_hz_);
  return {std::max<Index>(0, (i * seconds_ - 1) * second),
          std::min(from_samples_, ((i + 1) * seconds_ + 1) * second)};
}

std::vector<std::byte> SegmentPlan::encode(MatrixView<const float> source, Index i) const {
  if (rate_hz_ == from_rate_hz_) return codec_.encode(source, rate_hz_, bits_);
  Signal stretch{Matrix<float>(source.rows, source.cols), from_rate_hz_};
  for (Index c = 0; c < source.cols; ++c)
    std::copy_n(source.column(c), source.rows, stretch.samples.column(c));
  const Signal resampled = codecs_.resample(stretch, rate_hz_);
  const SampleSpan span = encoded_span(i);
  const auto second = static_cast<Index>(from_rate_hz_);
  const Index skip = span.first - source_of(i).first / second * static_cast<Index>(rate_hz_);
  const Index count = std::min(span.end - span.first, resampled.num_samples() - skip);
  return codec_.encode(rows(resampled.samples, skip, count), rate_hz_, bits_);
}

}  // namespace partwise
