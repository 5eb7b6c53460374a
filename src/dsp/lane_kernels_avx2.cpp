// For x86 with AVX2: CMake compiles this file with -mavx2 there, and leaves it out elsewhere.
#define PARTWISE_LANES_NAMESPACE lanes_avx2
#define PARTWISE_REGISTER_BYTES 32
#include <dsp/fft_passes-inl.hpp>
#include <dsp/lane_kernel_sets.hpp>
#include <dsp/lane_kernels-inl.hpp>
#include <dsp/magnitude_tiles-inl.hpp>

namespace partwise {

using namespace lanes_avx2;

const LaneKernels<float> kAvx2LanesFloat{&load_frames<float>, &forward<float>, &inverse<float>,
                                         &overlap_add<float>, &store_magnitudes<float>};
const LaneKernels<double> kAvx2LanesDouble{&load_frames<double>, &forward<double>, &inverse<double>,
                                           &overlap_add<double>, &store_magnitudes<double>};

}  // namespace partwise
