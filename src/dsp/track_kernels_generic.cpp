// For every machine.
#define PARTWISE_LANES_NAMESPACE lanes_generic
#define PARTWISE_REGISTER_BYTES 16
#include <dsp/track_kernels-inl.hpp>

namespace partwise {

using namespace lanes_generic;

const TrackKernels kGenericTracks{&measure, &measure_and_add, &split};

}  // namespace partwise
