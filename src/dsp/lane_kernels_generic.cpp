// For every machine.
#define PARTWISE_LANES_NAMESPACE lanes_generic
#define PARTWISE_REGISTER_BYTES 16
#include <dsp/fft_passes-inl.hpp>
#include <dsp/lane_kernel_sets.hpp>
#include <dsp/lane_kernels-inl.hpp>
#include <dsp/magnitude_tiles-inl.hpp>

namespace partwise {

using namespace lanes_generic;

const LaneKernels<float> kGenericLanesFloat{&load_frames<float>, &forward<float>, &inverse<float>,
                                            &overlap_add<float>, &store_magnitudes<float>};
const LaneKernels<double> kGenericLanesDouble{&load_frames<double>, &forward<double>,
                                              &inverse<double>, &overlap_add<double>,
                                              &store_magnitudes<double>};

}  // namespace partwise
