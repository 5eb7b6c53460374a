#include <algorithm>
#include <dsp/frame_window.hpp>

namespace partwise {

FrameWindow read_frames(const SignalSource& source, const StftOptions& options, Index first,
                        Index count, Index until, Matrix<float>& room) {
  const Index half = options.n_fft / 2, hop = options.hop_length, length = source.num_samples();
  // Whole hops, so that frames lie in the window as they lie in the signal. Before the signal's
  // first sample lie zeros in both.
  const Index shift = std::max<Index>(0, first - (half + hop - 1) / hop);
  const Index begin = std::min(shift * hop, length);
  const Index frames_end = (first + count - 1) * hop - half + options.n_fft;
  const Index end = std::clamp(std::max(frames_end, until), begin, length);
  return {source.read(begin, end - begin, room), begin, shift};
}

}  // namespace partwise
