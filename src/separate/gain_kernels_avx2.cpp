// For x86 with AVX2: CMake compiles this file with -mavx2 there, and leaves it out elsewhere.
#define PARTWISE_LANES_NAMESPACE lanes_avx2
#define PARTWISE_REGISTER_BYTES 32
#include <separate/gain_kernel_sets.hpp>
#include <separate/gain_kernels-inl.hpp>

namespace partwise {

using namespace lanes_avx2;

const GainKernels<float> kAvx2GainsFloat{
    &weights_1<float>, &weights_2<float>, &weights_p<float>,       &masks_1<float>,
    &masks_2<float>,   &masks_p<float>,   &weights_refined<float>, &masks_refined<float>,
    &every_nth<float>, &products<float>};
const GainKernels<double> kAvx2GainsDouble{
    &weights_1<double>, &weights_2<double>, &weights_p<double>,       &masks_1<double>,
    &masks_2<double>,   &masks_p<double>,   &weights_refined<double>, &masks_refined<double>,
    &every_nth<double>, &products<double>};

}  // namespace partwise
