#pragma once
// The loops of cell_gains.hpp that are compiled for more than one instruction set. Cells lie as in
// LaneTransform: bin f of frame `lane` at [f * kLanes + lane].
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>

namespace partwise {

/// The model of kLanes frames: templates [F x K], and the activation of component k at
/// activations[k * kLanes + lane].
template <class T>
struct LaneModel {
  MatrixView<const T> templates;
  const T* activations = nullptr;
};

/// What each component's model is multiplied with: values(cell, part_of[k]).
template <class T>
struct LaneRefinement {
  MatrixView<const T> values;  ///< [cells x parts]
  const Index* part_of = nullptr;
};

template <class T>
struct GainKernels {
  /// For p = 1 and 2: weight = 1 / sum_k (W_k H_k)^p; dead_weight where that sum is no normal
  /// number.
  void (*weights_1)(const LaneModel<T>& model, T dead_weight, T* weight);
  void (*weights_2)(const LaneModel<T>& model, T dead_weight, T* weight);
  /// For other exponents: scale = 1 / max_k W_k H_k first, so that no power leaves T.
  void (*weights_p)(const LaneModel<T>& model, T exponent, T dead_weight, T* scale, T* weight);
  /// The masks of component k, see cell_gains.hpp.
  void (*masks_1)(const LaneModel<T>& model, Index k, const T* weight, T* gains);
  void (*masks_2)(const LaneModel<T>& model, Index k, const T* weight, T* gains);
  void (*masks_p)(const LaneModel<T>& model, Index k, T exponent, const T* scale, const T* weight,
                  T* gains);
  /// For masks (W_k H_k R_k) / sum_j (W_j H_j R_j) with a refinement R: the weight, and the mask.
  void (*weights_refined)(const LaneModel<T>& model, const LaneRefinement<T>& refinement,
                          T dead_weight, T* weight);
  void (*masks_refined)(const LaneModel<T>& model, Index k, const LaneRefinement<T>& refinement,
                        const T* weight, T* gains);
  /// The sum of W_k H_k over k = first, first + step, ...
  void (*every_nth)(const LaneModel<T>& model, Index first, Index step, T* sums);
  /// W_k H_k, or its square root.
  void (*products)(const LaneModel<T>& model, Index k, bool root, T* gains);
};

/// The best for this machine.
template <class T>
const GainKernels<T>& gain_kernels();

}  // namespace partwise
