// For x86 with AVX2: CMake compiles this file with -mavx2 there, and leaves it out elsewhere.
#define PARTWISE_LANES_NAMESPACE lanes_avx2
#define PARTWISE_REGISTER_BYTES 32
#include <dsp/track_kernels-inl.hpp>

namespace partwise {

using namespace lanes_avx2;

extern const TrackKernels kAvx2Tracks;
const TrackKernels kAvx2Tracks{&measure, &measure_and_add, &split};

}  // namespace partwise
