#include <algorithm>
#include <separate/part_stream.hpp>

namespace partwise {

template <class T>
PartStream<T>::PartStream(const StftOptions& options, Index num_channels, Index max_frames)
    : sums_(max_frames * options.hop_length + options.n_fft, num_channels),
      out_(sums_.rows(), num_channels) {}

template <class T>
void PartStream<T>::add_block(const LaneTransform<T>& transform, const MixtureBlock<T>& mixture,
                              Index k) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  const StftOptions& options = transform.options();
  Matrix<T> gains(num_bins(options) * kLanes, 1);
  Matrix<T> block(transform.num_values(), 1);
  for (Index g = 0; g < mixture.num_groups(); ++g) {
    mixture.part_gains(k, g, gains.data());
    for (Index c = 0; c < sums_.cols(); ++c) {
      apply_gains(gains.data(), mixture.spectra(g, c), options.n_fft, block.data());
      transform.inverse(block.data());
      transform.overlap_add(block.data(), mixture.group_frames(g),
                            sums_.column(c) + g * kLanes * options.hop_length);
    }
  }
}

template <class T>
MatrixView<const float> PartStream<T>::finished(Index offset, std::span<const double> weights) {
  const auto count = static_cast<Index>(weights.size());
  for (Index c = 0; c < sums_.cols(); ++c) {
    const double* in = sums_.column(c) + offset;
    float* out = out_.column(c);
    for (Index i = 0; i < count; ++i) out[i] = static_cast<float>(in[i] * weights[i]);
  }
  return {out_.data(), count, out_.cols(), out_.stride()};
}

template <class T>
void PartStream<T>::drop(Index count) {
  for (Index c = 0; c < sums_.cols(); ++c) {
    double* sums = sums_.column(c);
    std::copy(sums + count, sums + sums_.rows(), sums);
    std::fill(sums + sums_.rows() - count, sums + sums_.rows(), 0.0);
  }
}

template class PartStream<float>;
template class PartStream<double>;

}  // namespace partwise
