#include <algorithm>
#include <cmath>
#include <dsp/lane_transform.hpp>
#include <partwise/error.hpp>
#include <partwise/stft.hpp>
#include <string>

namespace partwise {
namespace {

/// Frames of one piece of work: long enough that handing it out costs nothing.
constexpr Index kBlockFrames = 64;

/// |X|^2 of kLanes frames, summed over channels, into columns of V.
template <class T>
void store_magnitudes(const double* power_sum, double num_channels, int power,
                      MatrixView<float> columns) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  for (Index lane = 0; lane < columns.cols; ++lane) {
    float* out = columns.column(lane);
    for (Index f = 0; f < columns.rows; ++f) {
      const double mean = power_sum[f * kLanes + lane] / num_channels;
      out[f] = static_cast<float>(power == 1 ? std::sqrt(mean) : mean);
    }
  }
}

template <class T>
void fill_block(const LaneTransform<T>& transform, const Signal& signal, int power, Index first,
                MatrixView<float> columns) {
  constexpr Index kLanes = LaneTransform<T>::kLanes;
  Matrix<T> block(transform.num_values(), 1);
  Matrix<double> power_sum(columns.rows * kLanes, 1);
  for (Index t = 0; t < columns.cols; t += kLanes) {
    const Index count = std::min(kLanes, columns.cols - t);
    power_sum.set_zero();
    for (Index c = 0; c < signal.num_channels(); ++c) {
      transform.forward(signal.samples.view().column_span(c), first + t, count, block.data());
      add_power(block.data(), transform.options().n_fft, power_sum.data());
    }
    store_magnitudes<T>(power_sum.data(), static_cast<double>(signal.num_channels()), power,
                        columns.columns(t, count));
  }
}

}  // namespace

template <class T>
Matrix<float> magnitude_spectrogram(const Signal& signal, const StftOptions& options, int power,
                                    Reducer& reducer, const RunControl& control) {
  if (power != 1 && power != 2) {
    throw Error(ErrorCode::usage, "power = " + std::to_string(power) + ", expected 1 or 2");
  }
  const LaneTransform<T> transform(options);
  Matrix<float> v(num_bins(options), num_frames(signal.num_samples(), options));
  const MatrixView<float> view = v.view();
  reducer.for_each((view.cols + kBlockFrames - 1) / kBlockFrames, [&](Index block) {
    control.check_stop();
    const Index first = block * kBlockFrames;
    const Index count = std::min(kBlockFrames, view.cols - first);
    fill_block(transform, signal, power, first, view.columns(first, count));
  });
  return v;
}

template Matrix<float> magnitude_spectrogram<float>(const Signal&, const StftOptions&, int,
                                                    Reducer&, const RunControl&);
template Matrix<float> magnitude_spectrogram<double>(const Signal&, const StftOptions&, int,
                                                     Reducer&, const RunControl&);

}  // namespace partwise
