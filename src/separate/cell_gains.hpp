#pragma once
// The gain of every part in every cell, for kLanes neighbouring frames at a time. Cells lie as in
// LaneTransform: bin f of frame `lane` at [f * kLanes + lane].
#include <dsp/lane_transform.hpp>
#include <partwise/matrix.hpp>
#include <partwise/separate.hpp>

namespace partwise {

/// What all parts of kLanes frames have in common.
///
/// Model values W_k H_k are products in double, so factors as small as float allows do not vanish.
/// A mask is power(W_k H_k scale) weight, where the powers of all parts add up to 1 / weight; scale
/// is 1 / max_j W_j H_j for an exponent whose powers could leave double's range, else 1 and not
/// stored. A cell that no part covers has weight -1/K.
template <class T>
struct LaneCells {
  static constexpr Index kLanes = LaneTransform<T>::kLanes;

  LaneCells(Index num_bins, Index num_components)
      : h(num_components * kLanes, 1), weight(num_bins * kLanes, 1), scale(num_bins * kLanes, 1) {}

  Matrix<double> h;       ///< activation of component k in frame `lane` at [k * kLanes + lane]
  Matrix<double> weight;  ///< for masks
  Matrix<double> scale;   ///< for masks with an exponent other than 1 and 2
};

/// Copies activations of frames [first_frame, first_frame + count); the other lanes become 0.
template <class T>
void load_activations(MatrixView<const float> h, Index first_frame, Index count,
                      LaneCells<T>& cells);

/// Fills weight and scale for masks with this exponent.
template <class T>
void prepare_masks(MatrixView<const float> w, double exponent, LaneCells<T>& cells);

/// The mask of component k; those of all components add up to 1 in every cell.
template <class T>
void mask_gains(MatrixView<const float> w, Index k, double exponent, const LaneCells<T>& cells,
                T* gains);

/// W_k H_k, or its square root if it models power.
template <class T>
void model_gains(MatrixView<const float> w, Index k, int power, const LaneCells<T>& cells,
                 T* gains);

/// out = gains times the packed spectra of `block`.
template <class T>
void apply_gains(const T* gains, const T* block, Index n_fft, T* out);

}  // namespace partwise
