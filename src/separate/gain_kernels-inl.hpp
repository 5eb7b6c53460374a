#pragma once
// See dsp/registers-inl.hpp.
#include <dsp/registers-inl.hpp>
#include <separate/gain_kernels.hpp>
#include <separate/power-inl.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

template <class T>
constexpr T kLeastNormal = sizeof(T) == sizeof(float) ? T(__FLT_MIN__) : T(__DBL_MIN__);

template <class T>
inline Register<T> all(T value) {
  return value - Register<T>{};
}
template <class T>
inline Register<T> larger(Register<T> a, Register<T> b) {
  return a > b ? a : b;
}

/// The weight of cells whose powers add up to `sum`.
template <class T>
inline Register<T> weight_of(Register<T> sum, T dead_weight) {
  return sum >= kLeastNormal<T> ? T(1) / sum : all(dead_weight);
}

/// The mask of a cell. One that no part covers has the negative weight -1/K and a power of 0: the
/// larger of the two is then 1/K, without a branch.
template <class T>
inline Register<T> mask_of(Register<T> powered, Register<T> weight) {
  return larger<T>(powered * weight, -weight);
}

/// visit(bin, lane) for the first lane of every register.
template <class T, class Visit>
inline void for_each_register(Index bins, const Visit& visit) {
  for (Index f = 0; f < bins; ++f) {
    for (Index lane = 0; lane < kFrameLanes<T>; lane += kWidth<T>) visit(f, lane);
  }
}

/// The sum over components of term(W_k H_k).
template <class T, class Term>
inline Register<T> sum_of(const LaneModel<T>& model, Index f, Index lane, const Term& term) {
  Register<T> sum = {};
  const T* w = model.templates.data + f;
  const T* h = model.activations + lane;
  for (Index k = 0; k < model.templates.cols; ++k, w += model.templates.stride) {
    sum += term(at(h, k) * *w);
  }
  return sum;
}

template <class T>
void weights_1(const LaneModel<T>& model, T dead_weight, T* weight) {
  for_each_register<T>(model.templates.rows, [&](Index f, Index lane) {
    const auto sum = sum_of(model, f, lane, [](Register<T> m) { return m; });
    at(weight + lane, f) = weight_of(sum, dead_weight);
  });
}

template <class T>
void weights_2(const LaneModel<T>& model, T dead_weight, T* weight) {
  for_each_register<T>(model.templates.rows, [&](Index f, Index lane) {
    const auto sum = sum_of(model, f, lane, [](Register<T> m) { return m * m; });
    at(weight + lane, f) = weight_of(sum, dead_weight);
  });
}

template <class T>
void weights_p(const LaneModel<T>& model, T exponent, T dead_weight, T* scale, T* weight) {
  for_each_register<T>(model.templates.rows, [&](Index f, Index lane) {
    Register<T> largest = {};
    sum_of(model, f, lane, [&](Register<T> m) { return largest = larger<T>(largest, m); });
    const Register<T> factor = weight_of(largest, T(0));
    const auto sum =
        sum_of(model, f, lane, [&](Register<T> m) { return power(m * factor, exponent); });
    at(scale + lane, f) = factor;
    at(weight + lane, f) = weight_of(sum, dead_weight);
  });
}

/// gains = gain(W_k H_k, address of the cell's first value in other arrays).
template <class T, class Gain>
inline void fill_gains(const LaneModel<T>& model, Index k, T* gains, const Gain& gain) {
  const T* w = model.templates.column(k);
  const T* h = model.activations + k * kFrameLanes<T>;
  for_each_register<T>(model.templates.rows, [&](Index f, Index lane) {
    at(gains + lane, f) = gain(at(h + lane, 0) * w[f], f * kFrameLanes<T> + lane);
  });
}

template <class T>
void masks_1(const LaneModel<T>& model, Index k, const T* weight, T* gains) {
  fill_gains(model, k, gains,
             [&](Register<T> m, Index cell) { return mask_of<T>(m, at(weight + cell, 0)); });
}

template <class T>
void masks_2(const LaneModel<T>& model, Index k, const T* weight, T* gains) {
  fill_gains(model, k, gains,
             [&](Register<T> m, Index cell) { return mask_of<T>(m * m, at(weight + cell, 0)); });
}

template <class T>
void masks_p(const LaneModel<T>& model, Index k, T exponent, const T* scale, const T* weight,
             T* gains) {
  fill_gains(model, k, gains, [&](Register<T> m, Index cell) {
    return mask_of<T>(power(m * at(scale + cell, 0), exponent), at(weight + cell, 0));
  });
}

template <class T>
void weights_refined(const LaneModel<T>& model, const LaneRefinement<T>& refinement, T dead_weight,
                     T* weight) {
  for_each_register<T>(model.templates.rows, [&](Index f, Index lane) {
    const T* refined = refinement.values.data + f * kFrameLanes<T> + lane;
    const Index* part = refinement.part_of;
    const auto sum = sum_of(model, f, lane, [&](Register<T> m) {
      return m * at(refined + *part++ * refinement.values.stride, 0);
    });
    at(weight + lane, f) = weight_of(sum, dead_weight);
  });
}

template <class T>
void masks_refined(const LaneModel<T>& model, Index k, const LaneRefinement<T>& refinement,
                   const T* weight, T* gains) {
  const T* refined = refinement.values.column(refinement.part_of[k]);
  fill_gains(model, k, gains, [&](Register<T> m, Index cell) {
    return mask_of<T>(m * at(refined + cell, 0), at(weight + cell, 0));
  });
}

template <class T>
void every_nth(const LaneModel<T>& model, Index first, Index step, T* sums) {
  for_each_register<T>(model.templates.rows, [&](Index f, Index lane) {
    Register<T> sum = {};
    for (Index k = first; k < model.templates.cols; k += step) {
      sum += at(model.activations + lane, k) * model.templates.column(k)[f];
    }
    at(sums + lane, f) = sum;
  });
}

template <class T>
void products(const LaneModel<T>& model, Index k, bool root, T* gains) {
  fill_gains(model, k, gains, [](Register<T> m, Index) { return m; });
  if (!root) return;
  for (Index i = 0; i < model.templates.rows * kFrameLanes<T>; ++i) {
    gains[i] = sizeof(T) == sizeof(float)
                   ? static_cast<T>(__builtin_sqrtf(static_cast<float>(gains[i])))
                   : static_cast<T>(__builtin_sqrt(gains[i]));
  }
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
