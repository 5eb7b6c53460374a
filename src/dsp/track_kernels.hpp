#pragma once
// Sums and levels of tracks of samples, compiled for more than one instruction set with the same
// bits.
#include <partwise/index.hpp>

namespace partwise {

/// Squares and peaks of samples, in lanes that are kept side by side: sample i counts in lane
/// i % kLanes.
struct Tally {
  static constexpr Index kLanes = 8;
  double squares[kLanes] = {};
  float peaks[kLanes] = {};
};

struct TrackKernels {
  /// Squares in double, so that no float over- or underflows.
  void (*measure)(const float* samples, Index count, Tally& tally);
  /// The same, and sums += samples.
  void (*measure_and_add)(const float* samples, Index count, Tally& tally, double* sums);
  /// mix = sums and rest = whole - sums, each rounded once.
  void (*split)(const float* whole, const double* sums, Index count, float* mix, float* rest);
};

/// The best for this machine.
const TrackKernels& track_kernels();

/// For every machine; tests compare with it.
extern const TrackKernels kGenericTracks;

}  // namespace partwise
