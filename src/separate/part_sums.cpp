#include <algorithm>
#include <dsp/lane_kernels.hpp>
#include <dsp/lanes.hpp>
#include <separate/part_sums.hpp>

namespace partwise {

template <class T>
PartSums<T>::PartSums(const BlockPlan& plan, const StftOptions& options, Index num_columns)
    : plan_(plan),
      n_fft_(options.n_fft),
      crossing_samples_((kFrameLanes<T> - 1) * options.hop_length + options.n_fft),
      sums_(plan.block_samples() + plan.overhang_samples, num_columns),
      reached_((plan.segments_per_block + 1) * plan.overlap_samples, num_columns) {}

template <class T>
void PartSums<T>::begin_block(Index num_frames, bool is_last) {
  num_frames_ = num_frames;
  is_last_ = is_last;
}

template <class T>
Index PartSums<T>::num_segments() const {
  return (num_frames_ + plan_.segment_frames - 1) / plan_.segment_frames;
}

template <class T>
Index PartSums<T>::segment_begin(Index segment) const {
  return std::min(segment * plan_.segment_frames, num_frames_);
}

template <class T>
Index PartSums<T>::segment_samples(Index segment) const {
  const Index frames = segment_begin(segment + 1) - segment_begin(segment);
  return frames * plan_.hop_length + (ends_signal(segment) ? plan_.overhang_samples : 0);
}

template <class T>
void PartSums<T>::clear(const FrameRun& run, Index column) {
  const auto [segment, first, count] = run;
  const Index hop = plan_.hop_length, segment_first = segment_begin(segment);
  const bool is_first = first == segment_first;
  const bool is_last = first + count == segment_begin(segment + 1);
  const Index segment_end = segment_first * hop + segment_samples(segment);
  const Index begin = std::min(segment_end, first * hop + (is_first ? 0 : plan_.overlap_samples));
  const Index end =
      is_last ? segment_end : std::min(segment_end, (first + count) * hop + plan_.overlap_samples);
  std::fill(samples(column) + begin, samples(column) + end, T(0));
  if (is_first) std::fill_n(reached(segment + 1, column), plan_.overlap_samples, T(0));
}

template <class T>
void PartSums<T>::add(const FrameRun& run, Index column, const T* frames, const T* window,
                      T* crossing) {
  clear(run, column);
  const auto [segment, first, count] = run;
  const Index hop = plan_.hop_length;
  const auto overlap_add = lane_kernels<T>().overlap_add;
  T* sum = samples(column) + first * hop;
  const Index length = (count - 1) * hop + n_fft_;
  const Index inside =
      segment_begin(segment) * hop + segment_samples(segment) - first * hop;  // of this segment
  if (length <= inside) {
    overlap_add(frames, window, n_fft_, hop, count, sum);
    return;
  }
  std::fill_n(crossing, length, T(0));
  overlap_add(frames, window, n_fft_, hop, count, crossing);
  for (Index i = 0; i < inside; ++i) sum[i] += crossing[i];
  T* beyond = reached(segment + 1, column);
  for (Index i = inside; i < length; ++i) beyond[i - inside] += crossing[i];
}

template <class T>
void PartSums<T>::join(Index segment, Index column) {
  T* sum = samples(column) + segment_begin(segment) * plan_.hop_length;
  const T* from_before = reached(segment, column);
  for (Index i = 0; i < plan_.overlap_samples; ++i) sum[i] += from_before[i];
}

template <class T>
void PartSums<T>::end_block() {
  for (Index column = 0; column < sums_.cols(); ++column) {
    std::copy_n(reached(num_segments(), column), plan_.overlap_samples, reached(0, column));
  }
}

template class PartSums<float>;
template class PartSums<double>;

}  // namespace partwise
