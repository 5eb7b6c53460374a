#include <dsp/lane_kernel_sets.hpp>

namespace partwise {

#ifdef PARTWISE_AVX2_UNITS

bool has_avx2_units() { return __builtin_cpu_supports("avx2") != 0; }

template <>
const LaneKernels<float>& lane_kernels<float>() {
  return has_avx2_units() ? kAvx2LanesFloat : kGenericLanesFloat;
}
template <>
const LaneKernels<double>& lane_kernels<double>() {
  return has_avx2_units() ? kAvx2LanesDouble : kGenericLanesDouble;
}

#else

bool has_avx2_units() { return false; }

template <>
const LaneKernels<float>& lane_kernels<float>() {
  return kGenericLanesFloat;
}
template <>
const LaneKernels<double>& lane_kernels<double>() {
  return kGenericLanesDouble;
}

#endif

}  // namespace partwise
