#include <report/base64.hpp>
#include <utility>
#include <writers/page_samples.hpp>
#include <writers/rows.hpp>
#include <writers/sound_attempt.hpp>

namespace partwise {
namespace {

double base64_bytes(const std::vector<std::byte>& segment) {
  return static_cast<double>(report::base64_length(segment.size()));
}

}  // namespace

SoundAttempt::SoundAttempt(const SoundQuality& quality, const ReportCodecs& codecs,
                           const Signal& signal, Index num_parts, Index num_channels)
    : quality_(quality),
      plan_(*quality.codec, codecs, signal, num_parts + 1, quality.bits),
      num_channels_(num_channels),
      segments_(static_cast<std::size_t>(num_parts + 1)) {
  for (auto& track : segments_) track.resize(static_cast<std::size_t>(plan_.num_segments()));
}

std::vector<std::byte> SoundAttempt::encode_one(MatrixView<const float> source, Index i) const {
  if (quality_.scale == 1) return plan_.encode(source, i);
  Matrix<float> scaled = mixed_to(source, source.cols);
  const auto factor = static_cast<float>(1 / quality_.scale);
  for (Index c = 0; c < scaled.cols(); ++c) {
    for (float& x : scaled.view().column_span(c)) x *= factor;
  }
  return plan_.encode(scaled, i);
}

void SoundAttempt::encode_recording(const Signal& signal, Reducer& reducer) {
  auto& segments = segments_.front();
  reducer.for_each(plan_.num_segments(), [&](Index i) {
    const SampleSpan span = plan_.source_of(i);
    MatrixView<const float> source = rows(signal.samples, span.first, span.end - span.first);
    Matrix<float> made;
    if (num_channels_ != signal.num_channels()) source = made = mixed_to(source, num_channels_);
    if (quality_.codec->on_grid) {
      segments[i] = plan_.encode(on_page_grid(source, quality_.scale), i);
    } else {
      segments[i] = encode_one(source, i);
    }
  });
  for (const auto& segment : segments) bytes_ += base64_bytes(segment);
}

void SoundAttempt::encode_parts(Index i, std::span<const MatrixView<const float>> parts,
                                Reducer& reducer) {
  std::vector<Matrix<float>> rounded;
  if (quality_.codec->on_grid) rounded = parts_on_page_grid(parts, quality_.scale, reducer);
  reducer.for_each(static_cast<Index>(parts.size()), [&](Index k) {
    segments_[k + 1][i] = rounded.empty() ? encode_one(parts[k], i) : plan_.encode(rounded[k], i);
  });
  for (std::size_t k = 0; k < parts.size(); ++k) bytes_ += base64_bytes(segments_[k + 1][i]);
}

double SoundAttempt::bytes_of(Index track) const {
  double bytes = 0;
  for (const auto& segment : segments_[track]) bytes += base64_bytes(segment);
  return bytes;
}

std::vector<std::vector<std::byte>> SoundAttempt::take(Index track) {
  return std::exchange(segments_[track], {});
}

}  // namespace partwise
