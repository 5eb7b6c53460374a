#include <algorithm>
#include <cmath>
#include <writers/sound_segments.hpp>

namespace partwise {
namespace {

// A page holds a few stretches of every track decoded: together 32 MB each, and none so short that
// its header counts.
constexpr double kDecodedBytes = 32e6;
constexpr double kLongestSeconds = 10;
constexpr Index kOutlinePoints = 2000;  // what a screen can show

double rate_for(const SegmentCodec& codec, double rate_hz) {
  if (codec.rates_hz.empty()) return rate_hz <= codec.most_rate_hz ? rate_hz : 0;
  for (const double rate : codec.rates_hz) {
    if (rate == rate_hz) return rate;
  }
  return codec.rates_hz.back();
}

/// Rows [first, first + count).
MatrixView<const float> rows(MatrixView<const float> all, Index first, Index count) {
  return {all.data + first, count, all.cols, all.stride};
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

std::vector<std::byte> SegmentPlan::encode_segment(MatrixView<const float> samples, Index i) const {
  const Index begin = std::max<Index>(0, i * segment_samples() - lead_samples());
  const Index end = std::min(num_samples_, (i + 1) * segment_samples() + lead_samples());
  if (rate_hz_ == from_rate_hz_)
    return codec_.encode(rows(samples, begin, end - begin), rate_hz_, bits_);
  // Resampled with a whole second more on either side, which is whole samples at either rate.
  const auto second = static_cast<Index>(from_rate_hz_);
  const Index from = std::max<Index>(0, (i * seconds_ - 1) * second);
  const Index to = std::min(from_samples_, ((i + 1) * seconds_ + 1) * second);
  Signal stretch{Matrix<float>(to - from, samples.cols), from_rate_hz_};
  for (Index c = 0; c < samples.cols; ++c) {
    std::copy_n(samples.column(c) + from, to - from, stretch.samples.column(c));
  }
  const Signal resampled = codecs_.resample(stretch, rate_hz_);
  const Index skip = begin - from / second * static_cast<Index>(rate_hz_);
  const Index count = std::min(end - begin, resampled.num_samples() - skip);
  return codec_.encode(rows(resampled.samples, skip, count), rate_hz_, bits_);
}

std::vector<std::vector<std::byte>> SegmentPlan::encode(MatrixView<const float> samples,
                                                        Reducer& reducer) const {
  std::vector<std::vector<std::byte>> segments(static_cast<std::size_t>(num_segments()));
  reducer.for_each(num_segments(), [&](Index i) { segments[i] = encode_segment(samples, i); });
  return segments;
}

std::vector<std::int8_t> outline_of(MatrixView<const float> samples, double peak) {
  const Index points = std::min(kOutlinePoints, samples.rows);
  std::vector<std::int8_t> outline;
  outline.reserve(static_cast<std::size_t>(2 * points));
  const auto code = [&](float x) {
    const double share = peak > 0 ? static_cast<double>(x) / peak : 0;
    return static_cast<std::int8_t>(std::lround(127 * std::clamp(share, -1.0, 1.0)));
  };
  for (Index i = 0; i < points; ++i) {
    const Index first = i * samples.rows / points, end = (i + 1) * samples.rows / points;
    float low = samples.column(0)[first], high = low;
    for (Index c = 0; c < samples.cols; ++c) {
      const auto [least, most] =
          std::minmax_element(samples.column(c) + first, samples.column(c) + end);
      low = std::min(low, *least);
      high = std::max(high, *most);
    }
    outline.push_back(code(low));
    outline.push_back(code(high));
  }
  return outline;
}

}  // namespace partwise
