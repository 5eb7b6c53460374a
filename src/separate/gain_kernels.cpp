#include <dsp/lane_kernel_sets.hpp>
#include <separate/gain_kernel_sets.hpp>

namespace partwise {

#ifdef PARTWISE_AVX2_UNITS

template <>
const GainKernels<float>& gain_kernels<float>() {
  return has_avx2_units() ? kAvx2GainsFloat : kGenericGainsFloat;
}
template <>
const GainKernels<double>& gain_kernels<double>() {
  return has_avx2_units() ? kAvx2GainsDouble : kGenericGainsDouble;
}

#else

template <>
const GainKernels<float>& gain_kernels<float>() {
  return kGenericGainsFloat;
}
template <>
const GainKernels<double>& gain_kernels<double>() {
  return kGenericGainsDouble;
}

#endif

}  // namespace partwise
