#pragma once
// Packed spectra to columns of magnitudes, a tile of bins at a time. See registers-inl.hpp.
#include <dsp/lanes.hpp>
#include <dsp/registers-inl.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

/// Bins that are turned at once: those of a register of every width.
constexpr Index kTileBins = 8;

/// Values of a row as doubles, squared.
template <class T>
inline Register<double> squares(const T* row) {
  Register<double> x;
  if constexpr (sizeof(T) == sizeof(double)) {
    x = at(row, 0);
  } else {
    x = load_floats<double>(row);
  }
  return x * x;
}

/// |X|^2 of bins [first, first + bins), summed over channels, at [bin * kLanes + lane].
template <class T>
inline void sum_power(const T* spectra, Index num_channels, Index n, Index first, Index bins,
                      double* sums) {
  constexpr Index kLanes = kFrameLanes<T>;
  for (Index f = first; f < first + bins; ++f, sums += kLanes) {
    const bool is_complex = f > 0 && 2 * f < n;
    for (Index lane = 0; lane < kLanes; lane += kWidth<double>) {
      const T* row = spectra + (f == 0 ? 0 : 2 * f - 1) * kLanes + lane;
      Register<double> sum = {};
      for (Index c = 0; c < num_channels; ++c, row += n * kLanes) {
        sum += squares(row);
        if (is_complex) sum += squares(row + kLanes);
      }
      store_any(sums + lane, sum);
    }
  }
}

/// Bins [first, first + bins) of the first `count` lanes into their columns, from
/// values[bin * kLanes + lane].
template <class T>
inline void store_tile(const float* values, Index first, Index bins, Index count, float* columns,
                       Index stride) {
  constexpr Index kLanes = kFrameLanes<T>, kStep = kWidth<float>;
  if (kLanes % kStep == 0 && bins == kTileBins && count == kLanes) {
    for (Index lane = 0; lane < kLanes; lane += kStep) {
      for (Index bin = 0; bin < kTileBins; bin += kStep) {
        Register<float> tile[kStep];
        for (Index r = 0; r < kStep; ++r) tile[r] = load_any(values + (bin + r) * kLanes + lane);
        transpose(tile);
        for (Index l = 0; l < kStep; ++l) {
          store_any(columns + (lane + l) * stride + first + bin, tile[l]);
        }
      }
    }
    return;
  }
  for (Index lane = 0; lane < count; ++lane) {
    float* out = columns + lane * stride + first;
    for (Index bin = 0; bin < bins; ++bin) out[bin] = values[bin * kLanes + lane];
  }
}

template <class T>
void store_magnitudes(const T* spectra, Index num_channels, Index n, int power, Index count,
                      float* columns, Index stride) {
  constexpr Index kValues = kTileBins * kFrameLanes<T>;
  const double share = 1 / static_cast<double>(num_channels);
  const Index num_bins = n / 2 + 1;
  for (Index first = 0; first < num_bins; first += kTileBins) {
    const Index bins = num_bins - first < kTileBins ? num_bins - first : kTileBins;
    alignas(64) double sums[kValues];
    alignas(64) float values[kValues];
    sum_power(spectra, num_channels, n, first, bins, sums);
    if (power == 1) {
      for (Index i = 0; i < bins * kFrameLanes<T>; ++i) {
        values[i] = static_cast<float>(__builtin_sqrt(sums[i] * share));
      }
    } else {
      for (Index i = 0; i < bins * kFrameLanes<T>; ++i) {
        values[i] = static_cast<float>(sums[i] * share);
      }
    }
    store_tile<T>(values, first, bins, count, columns, stride);
  }
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
