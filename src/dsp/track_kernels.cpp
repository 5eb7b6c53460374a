#include <dsp/lane_kernel_sets.hpp>
#include <dsp/track_kernels.hpp>

namespace partwise {

#ifdef PARTWISE_AVX2_UNITS

extern const TrackKernels kAvx2Tracks;

const TrackKernels& track_kernels() { return has_avx2_units() ? kAvx2Tracks : kGenericTracks; }

#else

const TrackKernels& track_kernels() { return kGenericTracks; }

#endif

}  // namespace partwise
