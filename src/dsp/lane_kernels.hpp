#pragma once
// The loops of the transform that are compiled once for every machine and once for those with
// 32-byte registers. Both give the same bits: the same additions in the same order.
#include <cstdint>
#include <partwise/index.hpp>

namespace partwise {

/// What a transform of n = 2 * points real samples needs, points a power of two.
template <class T>
struct PowerOfTwoTables {
  Index points = 0;  ///< complex values: pairs of neighbouring samples
  /// There is a pass of radix 2 over all values, because they are no power of four.
  bool is_halved_first = false;
  /// With w = exp(-2 pi i j / size), re and im each: for that pass w for j in [0, size / 2); then
  /// for those of radix 4, largest size first, w, w^2, w^3 for j in [0, size / 4).
  const T* pass_twiddles = nullptr;
  /// exp(-2 pi i k / n) for k in [0, points / 2], re and im.
  const T* real_twiddles = nullptr;
  /// Where the passes leave value k; values points / 4 apart are neighbours.
  const std::int32_t* order = nullptr;
};

/// Blocks are as in LaneTransform: row i of frame `lane` at [i * kLanes + lane], 64-byte aligned.
template <class T>
struct LaneKernels {
  /// kLanes neighbouring frames times the window, laid side by side.
  void (*load_frames)(const float* samples, Index hop, const T* window, Index n, T* block);
  /// Rfft::forward and Rfft::inverse.
  void (*forward)(const PowerOfTwoTables<T>& tables, T* samples, T* spectra);
  void (*inverse)(const PowerOfTwoTables<T>& tables, const T* spectra, const T* gains, T* samples);
  /// sum[lane * hop + i] += block * window for the first `count` lanes.
  void (*overlap_add)(const T* block, const T* window, Index n, Index hop, Index count, T* sum);
  /// (mean over channels of |X|^2)^(power/2) of the first `count` lanes into columns of F values.
  /// Channel c's packed spectra begin at spectra + c * n * kLanes. Squares and roots in double, so
  /// that no float over- or underflows.
  void (*store_magnitudes)(const T* spectra, Index num_channels, Index n, int power, Index count,
                           float* columns, Index stride);
};

/// The best for this machine.
template <class T>
const LaneKernels<T>& lane_kernels();

}  // namespace partwise
