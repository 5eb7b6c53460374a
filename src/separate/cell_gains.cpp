#include <algorithm>
#include <cmath>
#include <separate/cell_gains.hpp>

namespace partwise {
namespace {

/// The exponents that need no power function.
constexpr double kRatioMask = 1;
constexpr double kWienerMask = 2;

/// Where the largest of a row of W, and of a column of H, is brought to: products of both are below
/// 2^112 and their squares, from half the exponent, too, so that thousands of them add up in float.
constexpr int kTopExponent = 56;
constexpr int kTopExponentSquared = 28;

/// The power of two that brings `largest` to the exponent `top`; 1 for 0.
double factor_for(float largest, int top) {
  if (!(largest > 0)) return 1;
  int exponent = 0;
  std::frexp(static_cast<double>(largest), &exponent);
  return std::ldexp(1.0, top - exponent);
}

}  // namespace

template <class T>
CellGains<T>::CellGains(MatrixView<const float> w, MatrixView<const float> h,
                        const SeparateOptions& options, const PartRefinement* refinement)
    : h_(h), options_(options), refinement_(refinement) {
  templates_ = scaled_templates(w);
  if (!refines()) return;
  const Factors<float>& factors = refinement->factors;
  refined_templates_ = scaled_templates(factors.w);
  refined_h_ = shifted_activations<float>(factors.h,
                                          factors.w.cols() / std::max<Index>(1, factors.h.rows()));
}

template <class T>
LaneCells<T> CellGains<T>::make_cells() const {
  if (!refines()) return {templates_.rows(), templates_.cols()};
  return {templates_.rows(), templates_.cols(), refined_templates_.cols(),
          refinement_->factors.h.rows()};
}

template <class T>
int CellGains<T>::top_exponent() const {
  return options_.mask_exponent == kWienerMask || refines() ? kTopExponentSquared : kTopExponent;
}

template <class T>
Matrix<T> CellGains<T>::scaled_templates(MatrixView<const float> w) const {
  Matrix<T> templates(w.rows, w.cols);
  for (Index f = 0; f < w.rows; ++f) {
    double factor = 1;
    if (makes_masks()) {
      float largest = 0;
      for (Index k = 0; k < w.cols; ++k) largest = std::max(largest, w(f, k));
      factor = factor_for(largest, top_exponent());
    }
    for (Index k = 0; k < w.cols; ++k) {
      templates(f, k) = static_cast<T>(static_cast<double>(w(f, k)) * factor);
    }
  }
  return templates;
}

template <class T>
void CellGains<T>::load_columns(MatrixView<const float> h, Index first_frame, Index count,
                                T* lanes) const {
  for (Index lane = 0; lane < count; ++lane) {
    const auto column = h.column_span(first_frame + lane);
    double factor = 1;
    if (makes_masks())
      factor = factor_for(*std::max_element(column.begin(), column.end()), top_exponent());
    for (Index k = 0; k < h.rows; ++k) {
      lanes[k * kLanes + lane] = static_cast<T>(static_cast<double>(column[k]) * factor);
    }
  }
}

template <class T>
void CellGains<T>::load_refined(const LaneModel<T>& model, T dead_weight, Index first_frame,
                                Index count, LaneCells<T>& cells) const {
  const GainKernels<T>& kernels = gain_kernels<T>();
  cells.refined_h.set_zero();
  load_columns(refined_h_, first_frame, count, cells.refined_h.data());
  const LaneModel<T> second{refined_templates_.view(), cells.refined_h.data()};
  const Index parts = refinement_->factors.h.rows();
  for (Index g = 0; g < parts; ++g) kernels.every_nth(second, g, parts, cells.refined.column(g));
  kernels.weights_refined(model, {cells.refined.view(), refinement_->part_of.data()}, dead_weight,
                          cells.weight.data());
}

template <class T>
void CellGains<T>::load(Index first_frame, Index count, LaneCells<T>& cells) const {
  cells.h.set_zero();
  load_columns(h_, first_frame, count, cells.h.data());
  if (!makes_masks()) return;
  const GainKernels<T>& kernels = gain_kernels<T>();
  const LaneModel<T> model{templates_.view(), cells.h.data()};
  const T dead_weight = -1 / static_cast<T>(h_.rows);
  if (refines()) {
    load_refined(model, dead_weight, first_frame, count, cells);
  } else if (options_.mask_exponent == kRatioMask) {
    kernels.weights_1(model, dead_weight, cells.weight.data());
  } else if (options_.mask_exponent == kWienerMask) {
    kernels.weights_2(model, dead_weight, cells.weight.data());
  } else {
    kernels.weights_p(model, static_cast<T>(*options_.mask_exponent), dead_weight,
                      cells.scale.data(), cells.weight.data());
  }
}

template <class T>
void CellGains<T>::gains(Index k, LaneCells<T>& cells, T* gains) const {
  const GainKernels<T>& kernels = gain_kernels<T>();
  const LaneModel<T> model{templates_.view(), cells.h.data()};
  if (!makes_masks()) {
    kernels.products(model, k, options_.power == 2, gains);
  } else if (refines()) {
    kernels.masks_refined(model, k, {cells.refined.view(), refinement_->part_of.data()},
                          cells.weight.data(), gains);
  } else if (options_.mask_exponent == kRatioMask) {
    kernels.masks_1(model, k, cells.weight.data(), gains);
  } else if (options_.mask_exponent == kWienerMask) {
    kernels.masks_2(model, k, cells.weight.data(), gains);
  } else {
    kernels.masks_p(model, k, static_cast<T>(*options_.mask_exponent), cells.scale.data(),
                    cells.weight.data(), gains);
  }
}

template class CellGains<float>;
template class CellGains<double>;

}  // namespace partwise
