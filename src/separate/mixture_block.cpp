#include <algorithm>
#include <cmath>
#include <separate/mixture_block.hpp>

namespace partwise {

template <class T>
MixtureBlock<T>::MixtureBlock(const LaneTransform<T>& transform, const Signal& mixture,
                              MatrixView<const float> w, MatrixView<const float> h,
                              const SeparateOptions& options, Index max_frames)
    : transform_(transform),
      mixture_(mixture),
      w_(w),
      h_(h),
      options_(options),
      num_channels_(mixture.num_channels()) {
  const Index groups = (max_frames + kLanes - 1) / kLanes;
  spectra_ = Matrix<T>(transform.num_values(), groups * num_channels_);
  cells_.assign(static_cast<std::size_t>(groups), LaneCells<T>(w.rows, w.cols));
}

template <class T>
Index MixtureBlock<T>::group_frames(Index g) const {
  return std::min(kLanes, num_frames_ - g * kLanes);
}

template <class T>
void MixtureBlock<T>::load(Index first_frame, Index count, Reducer& reducer) {
  num_frames_ = count;
  reducer.for_each(num_groups(), [&](Index group) { load_group(first_frame, group); });
}

template <class T>
void MixtureBlock<T>::load_group(Index first_frame, Index group) {
  const Index first = first_frame + group * kLanes;
  const Index count = group_frames(group);
  for (Index c = 0; c < num_channels_; ++c) {
    transform_.forward(mixture_.samples.view().column_span(c), first, count,
                       spectra_.column(group * num_channels_ + c));
  }
  LaneCells<T>& cells = cells_[group];
  load_activations(h_, first, count, cells);
  if (options_.resynthesis == Resynthesis::mask) {
    prepare_masks(w_, options_.mask_exponent, cells);
  } else {
    divide_by_magnitude(group);
  }
}

/// Dividing once, before any gain, leaves spectra of magnitude 1: W_k H_k / V alone could overflow.
template <class T>
void MixtureBlock<T>::divide_by_magnitude(Index group) {
  const Index n = transform_.options().n_fft;
  Matrix<double> power(w_.rows * kLanes, 1);
  for (Index c = 0; c < num_channels_; ++c) add_power(spectra(group, c), n, power.data());
  Matrix<double>& reciprocal = power;
  for (Index cell = 0; cell < power.rows(); ++cell) {
    const double magnitude = std::sqrt(power(cell, 0) / static_cast<double>(num_channels_));
    reciprocal(cell, 0) = magnitude > 0 ? 1 / magnitude : 0;
  }
  for (Index c = 0; c < num_channels_; ++c) {
    T* block = spectra_.column(group * num_channels_ + c);
    for (Index row = 0; row < n; ++row) {
      const double* bin = reciprocal.data() + (row + 1) / 2 * kLanes;
      for (Index lane = 0; lane < kLanes; ++lane) {
        block[row * kLanes + lane] = static_cast<T>(block[row * kLanes + lane] * bin[lane]);
      }
    }
  }
}

template <class T>
void MixtureBlock<T>::part_gains(Index k, Index group, T* gains) const {
  const LaneCells<T>& cells = cells_[group];
  if (options_.resynthesis == Resynthesis::mask) {
    mask_gains(w_, k, options_.mask_exponent, cells, gains);
  } else {
    model_gains(w_, k, options_.power, cells, gains);
  }
}

template class MixtureBlock<float>;
template class MixtureBlock<double>;

}  // namespace partwise
