#include <algorithm>
#include <codecs/range_collector.hpp>
#include <partwise/error.hpp>
#include <utility>

namespace partwise {

RangeCollector::RangeCollector(std::string name, const DecodeRange& range, const DecodeRules& rules,
                               const StreamFacts& stream, BlockCallback on_block)
    : name_(std::move(name)),
      range_(to_sample_range(range, stream.sample_rate_hz)),
      budget_(name_, rules, stream.sample_rate_hz, stream.num_channels),
      sample_rate_hz_(stream.sample_rate_hz),
      offset_s_(range.offset_s),
      end_(range_.first + range_.count),
      kept_(stream.num_channels, checked_room(stream.claimed, stream.likely)),
      on_block_(std::move(on_block)) {}

Index RangeCollector::checked_room(Index claimed, Index likely) const {
  budget_.check(std::clamp<Index>(claimed - range_.first, 0, range_.count));
  return std::clamp<Index>(likely - range_.first, 1, range_.count);
}

void RangeCollector::take(const float* interleaved, Index count) {
  const Index dropped = std::clamp<Index>(range_.first - read_, 0, count);
  budget_.check(kept_count_ + count - dropped);
  const MatrixView<float> kept =
      kept_.append(interleaved + dropped * kept_.num_channels(), count - dropped);
  for (Index c = 0; c < kept.cols; ++c) non_finite_.add(kept.column_span(c), read_ + dropped);
  read_ += count;
  kept_count_ += count - dropped;
  if (!on_block_) return;
  if (kept.rows > 0) on_block_({kept, sample_rate_hz_});
  kept_.clear();
}

Signal RangeCollector::finish() {
  if (read_ == 0) {
    throw Error(ErrorCode::malformed,
                name_ + ": it holds no sound that can be decoded (0 samples)");
  }
  if (kept_count_ == 0) {
    throw_offset_beyond_end(name_, offset_s_, static_cast<double>(read_) / sample_rate_hz_);
  }
  non_finite_.check(name_, sample_rate_hz_);
  return {kept_.take(), sample_rate_hz_};
}

}  // namespace partwise
