#pragma once
// The sets of kernels that there are. Only lane_kernels.cpp chooses, and tests compare.
#include <dsp/lane_kernels.hpp>

namespace partwise {

extern const LaneKernels<float> kGenericLanesFloat;
extern const LaneKernels<double> kGenericLanesDouble;
/// Defined where CMake compiles lane_kernels_avx2.cpp (PARTWISE_AVX2_UNITS).
extern const LaneKernels<float> kAvx2LanesFloat;
extern const LaneKernels<double> kAvx2LanesDouble;

/// May this machine run what was compiled for AVX2?
[[nodiscard]] bool has_avx2_units();

}  // namespace partwise
