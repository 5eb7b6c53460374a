#pragma once
// The sets of kernels that there are. Only gain_kernels.cpp chooses, and tests compare.
#include <separate/gain_kernels.hpp>

namespace partwise {

extern const GainKernels<float> kGenericGainsFloat;
extern const GainKernels<double> kGenericGainsDouble;
/// Defined where CMake compiles gain_kernels_avx2.cpp (PARTWISE_AVX2_UNITS).
extern const GainKernels<float> kAvx2GainsFloat;
extern const GainKernels<double> kAvx2GainsDouble;

}  // namespace partwise
