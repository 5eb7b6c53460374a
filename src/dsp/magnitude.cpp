#include <algorithm>
#include <dsp/frame_window.hpp>
#include <dsp/lane_kernels.hpp>
#include <dsp/lane_transform.hpp>
#include <dsp/scratch_pool.hpp>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>
#include <string>

namespace partwise {
namespace {

/// Frames of one piece of work: long enough that handing it out costs nothing.
constexpr Index kBlockFrames = 64;

/// Of one piece of work: samples as they are read, windowed, and the spectra of every channel.
template <class T>
struct Blocks {
  Matrix<float> room;
  Matrix<T> samples;
  Matrix<T> spectra;
};

template <class T>
void fill_block(const LaneTransform<T>& transform, const SignalSource& source, int power,
                Index first, Blocks<T>& blocks, MatrixView<float> columns) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  const FrameWindow window =
      read_frames(source, transform.options(), first, columns.cols, 0, blocks.room);
  for (Index t = 0; t < columns.cols; t += kLanes) {
    const Index count = std::min(kLanes, columns.cols - t);
    for (Index c = 0; c < source.num_channels(); ++c) {
      transform.forward(window.samples.column_span(c), window.frame(first + t), count,
                        blocks.samples.data(), blocks.spectra.data() + c * transform.num_values());
    }
    lane_kernels<T>().store_magnitudes(blocks.spectra.data(), source.num_channels(),
                                       transform.options().n_fft, power, count, columns.column(t),
                                       columns.stride);
  }
}

}  // namespace

template <class T>
Matrix<float> magnitude_spectrogram(const SignalSource& source, const StftOptions& options,
                                    int power, Reducer& reducer, const RunControl& control) {
  if (power != 1 && power != 2) {
    throw bad_argument("power", power, "1 or 2");
  }
  const LaneTransform<T> transform(options);
  Matrix<float> v(num_bins(options), num_frames(source.num_samples(), options));
  const MatrixView<float> view = v.view();
  ScratchPool<Blocks<T>> pool;
  const auto make_blocks = [&] {
    return Blocks<T>{{},
                     Matrix<T>(transform.num_values(), 1),
                     Matrix<T>(transform.num_values() * source.num_channels(), 1)};
  };
  reducer.for_each((view.cols + kBlockFrames - 1) / kBlockFrames, [&](Index block) {
    control.check_stop();
    const auto blocks = pool.take(make_blocks);
    const Index first = block * kBlockFrames;
    const Index count = std::min(kBlockFrames, view.cols - first);
    fill_block(transform, source, power, first, *blocks, view.columns(first, count));
  });
  return v;
}

template <class T>
Matrix<float> magnitude_spectrogram(const Signal& signal, const StftOptions& options, int power,
                                    Reducer& reducer, const RunControl& control) {
  return magnitude_spectrogram<T>(MemorySignal(signal), options, power, reducer, control);
}

template Matrix<float> magnitude_spectrogram<float>(const SignalSource&, const StftOptions&, int,
                                                    Reducer&, const RunControl&);
template Matrix<float> magnitude_spectrogram<double>(const SignalSource&, const StftOptions&, int,
                                                     Reducer&, const RunControl&);
template Matrix<float> magnitude_spectrogram<float>(const Signal&, const StftOptions&, int,
                                                    Reducer&, const RunControl&);
template Matrix<float> magnitude_spectrogram<double>(const Signal&, const StftOptions&, int,
                                                     Reducer&, const RunControl&);

}  // namespace partwise
