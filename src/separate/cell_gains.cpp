#include <algorithm>
#include <cmath>
#include <separate/cell_gains.hpp>

namespace partwise {
namespace {

/// The exponents whose powers stay inside double for every product of two floats, and need no
/// pow().
constexpr double kRatioMask = 1;
constexpr double kWienerMask = 2;

template <class T>
constexpr Index kLanesOf = LaneTransform<T>::kLanes;

/// gains[cell] = gain(model value, cell), for all cells of component k.
template <class T, class Gain>
void for_each_model_value(MatrixView<const float> w, Index k, const LaneCells<T>& cells, T* gains,
                          const Gain& gain) {
  constexpr Index kLanes = kLanesOf<T>;
  const float* template_k = w.column(k);
  const double* h = cells.h.data() + k * kLanes;
  for (Index f = 0; f < w.rows; ++f) {
    const auto w_fk = static_cast<double>(template_k[f]);
    for (Index lane = 0; lane < kLanes; ++lane) {
      const Index cell = f * kLanes + lane;
      gains[cell] = static_cast<T>(gain(w_fk * h[lane], cell));
    }
  }
}

/// Calls visit(lane, model value) for every component of bin f, component by component.
template <class T, class Visit>
void for_each_component(MatrixView<const float> w, Index f, const LaneCells<T>& cells,
                        const Visit& visit) {
  constexpr Index kLanes = kLanesOf<T>;
  const double* h = cells.h.data();
  for (Index k = 0; k < w.cols; ++k) {
    const auto w_fk = static_cast<double>(w.data[f + k * w.stride]);
    for (Index lane = 0; lane < kLanes; ++lane) visit(lane, w_fk * h[k * kLanes + lane]);
  }
}

/// The weight of a cell whose powers add up to `sum`.
double weight_of(double sum, double dead_weight) { return sum > 0 ? 1 / sum : dead_weight; }

/// The mask of a cell. A cell that no part covers has the negative weight -1/K and a power of 0:
/// the maximum is then 1/K, without a branch.
double mask_of(double powered, double weight) { return std::max(powered * weight, -weight); }

}  // namespace

template <class T>
void load_activations(MatrixView<const float> h, Index first_frame, Index count,
                      LaneCells<T>& cells) {
  constexpr Index kLanes = kLanesOf<T>;
  cells.h.set_zero();
  for (Index lane = 0; lane < count; ++lane) {
    const float* column = h.column(first_frame + lane);
    for (Index k = 0; k < h.rows; ++k) cells.h.data()[k * kLanes + lane] = column[k];
  }
}

template <class T>
void prepare_masks(MatrixView<const float> w, double exponent, LaneCells<T>& cells) {
  constexpr Index kLanes = kLanesOf<T>;
  const double dead_weight = -1 / static_cast<double>(w.cols);
  for (Index f = 0; f < w.rows; ++f) {
    double sum[kLanes] = {};
    double* scale = cells.scale.data() + f * kLanes;
    if (exponent == kRatioMask) {
      for_each_component(w, f, cells, [&](Index lane, double model) { sum[lane] += model; });
    } else if (exponent == kWienerMask) {
      for_each_component(w, f, cells,
                         [&](Index lane, double model) { sum[lane] += model * model; });
    } else {
      double largest[kLanes] = {};
      for_each_component(w, f, cells, [&](Index lane, double model) {
        largest[lane] = std::max(largest[lane], model);
      });
      for (Index lane = 0; lane < kLanes; ++lane) {
        scale[lane] = largest[lane] > 0 ? 1 / largest[lane] : 0;
      }
      for_each_component(w, f, cells, [&](Index lane, double model) {
        sum[lane] += std::pow(static_cast<T>(model * scale[lane]), static_cast<T>(exponent));
      });
    }
    for (Index lane = 0; lane < kLanes; ++lane) {
      cells.weight.data()[f * kLanes + lane] = weight_of(sum[lane], dead_weight);
    }
  }
}

template <class T>
void mask_gains(MatrixView<const float> w, Index k, double exponent, const LaneCells<T>& cells,
                T* gains) {
  const double* weight = cells.weight.data();
  const double* scale = cells.scale.data();
  if (exponent == kRatioMask) {
    for_each_model_value(w, k, cells, gains,
                         [&](double model, Index cell) { return mask_of(model, weight[cell]); });
  } else if (exponent == kWienerMask) {
    for_each_model_value(w, k, cells, gains, [&](double model, Index cell) {
      return mask_of(model * model, weight[cell]);
    });
  } else {
    for_each_model_value(w, k, cells, gains, [&](double model, Index cell) {
      const T ratio = static_cast<T>(model * scale[cell]);
      return mask_of(std::pow(ratio, static_cast<T>(exponent)), weight[cell]);
    });
  }
}

template <class T>
void model_gains(MatrixView<const float> w, Index k, int power, const LaneCells<T>& cells,
                 T* gains) {
  if (power == 1) {
    for_each_model_value(w, k, cells, gains, [](double model, Index) { return model; });
  } else {
    for_each_model_value(w, k, cells, gains, [](double model, Index) { return std::sqrt(model); });
  }
}

template <class T>
void apply_gains(const T* gains, const T* block, Index n_fft, T* out) {
  constexpr Index kLanes = kLanesOf<T>;
  for (Index lane = 0; lane < kLanes; ++lane) out[lane] = gains[lane] * block[lane];
  for (Index f = 1; f < num_complex_bins(n_fft); ++f) {
    const Index row = real_row(f) * kLanes;
    for (Index lane = 0; lane < kLanes; ++lane) {
      const T gain = gains[f * kLanes + lane];
      out[row + lane] = gain * block[row + lane];
      out[row + kLanes + lane] = gain * block[row + kLanes + lane];
    }
  }
  if (n_fft % 2 == 0) {
    const Index f = n_fft / 2;
    const Index row = real_row(f) * kLanes;
    for (Index lane = 0; lane < kLanes; ++lane) {
      out[row + lane] = gains[f * kLanes + lane] * block[row + lane];
    }
  }
}

#define PARTWISE_INSTANTIATE(T)                                                              \
  template void load_activations(MatrixView<const float>, Index, Index, LaneCells<T>&);      \
  template void prepare_masks(MatrixView<const float>, double, LaneCells<T>&);               \
  template void mask_gains(MatrixView<const float>, Index, double, const LaneCells<T>&, T*); \
  template void model_gains(MatrixView<const float>, Index, int, const LaneCells<T>&, T*);   \
  template void apply_gains(const T*, const T*, Index, T*);
PARTWISE_INSTANTIATE(float)
PARTWISE_INSTANTIATE(double)
#undef PARTWISE_INSTANTIATE

}  // namespace partwise
