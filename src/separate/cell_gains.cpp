#include <algorithm>
#include <cmath>
#include <separate/cell_gains.hpp>
#include <separate/gain_kernels.hpp>

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

int top_exponent(const SeparateOptions& options) {
  return options.mask_exponent == kWienerMask ? kTopExponentSquared : kTopExponent;
}

}  // namespace

template <class T>
CellGains<T>::CellGains(MatrixView<const float> w, MatrixView<const float> h,
                        const SeparateOptions& options)
    : h_(h), options_(options), templates_(w.rows, w.cols) {
  for (Index f = 0; f < w.rows; ++f) {
    double factor = 1;
    if (makes_masks()) {
      float largest = 0;
      for (Index k = 0; k < w.cols; ++k) largest = std::max(largest, w(f, k));
      factor = factor_for(largest, top_exponent(options));
    }
    for (Index k = 0; k < w.cols; ++k) {
      templates_(f, k) = static_cast<T>(static_cast<double>(w(f, k)) * factor);
    }
  }
}

template <class T>
void CellGains<T>::load(Index first_frame, Index count, LaneCells<T>& cells) const {
  cells.h.set_zero();
  for (Index lane = 0; lane < count; ++lane) {
    const auto column = h_.column_span(first_frame + lane);
    double factor = 1;
    if (makes_masks()) {
      factor = factor_for(*std::max_element(column.begin(), column.end()), top_exponent(options_));
    }
    for (Index k = 0; k < h_.rows; ++k) {
      cells.h.data()[k * kLanes + lane] = static_cast<T>(static_cast<double>(column[k]) * factor);
    }
  }
  if (!makes_masks()) return;
  const GainKernels<T>& kernels = gain_kernels<T>();
  const LaneModel<T> model{templates_.view(), cells.h.data()};
  const T dead_weight = -1 / static_cast<T>(h_.rows);
  if (options_.mask_exponent == kRatioMask) {
    kernels.weights_1(model, dead_weight, cells.weight.data());
  } else if (options_.mask_exponent == kWienerMask) {
    kernels.weights_2(model, dead_weight, cells.weight.data());
  } else {
    kernels.weights_p(model, static_cast<T>(options_.mask_exponent), dead_weight,
                      cells.scale.data(), cells.weight.data());
  }
}

template <class T>
void CellGains<T>::gains(Index k, const LaneCells<T>& cells, T* gains) const {
  const GainKernels<T>& kernels = gain_kernels<T>();
  const LaneModel<T> model{templates_.view(), cells.h.data()};
  if (!makes_masks()) {
    kernels.products(model, k, options_.power == 2, gains);
  } else if (options_.mask_exponent == kRatioMask) {
    kernels.masks_1(model, k, cells.weight.data(), gains);
  } else if (options_.mask_exponent == kWienerMask) {
    kernels.masks_2(model, k, cells.weight.data(), gains);
  } else {
    kernels.masks_p(model, k, static_cast<T>(options_.mask_exponent), cells.scale.data(),
                    cells.weight.data(), gains);
  }
}

template class CellGains<float>;
template class CellGains<double>;

}  // namespace partwise
