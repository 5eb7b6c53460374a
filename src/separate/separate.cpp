#include <algorithm>
#include <dsp/lane_transform.hpp>
#include <dsp/window.hpp>
#include <limits>
#include <partwise/error.hpp>
#include <partwise/separate.hpp>
#include <separate/mixture_block.hpp>
#include <separate/part_stream.hpp>
#include <string>
#include <vector>

namespace partwise {
namespace {

constexpr double kMinMaskExponent = 0.1;
constexpr double kMaxMaskExponent = 10;

/// Frames that are handled at once: many enough that starting threads costs little, few enough that
/// a part's sums stay in a core's cache, and less for giant frames. Results do not depend on it.
constexpr Index kMaxBlockFrames = 32;
constexpr Index kMinBlockFrames = 8;
constexpr Index kBlockSamples = Index{1} << 17;

/// A multiple of kMinBlockFrames, so that groups of lanes begin at the same frames for any length.
Index block_frames(Index n_fft) {
  const Index wanted = kBlockSamples / n_fft / kMinBlockFrames * kMinBlockFrames;
  return std::clamp(wanted, kMinBlockFrames, kMaxBlockFrames);
}

void check_size(const char* name, Index value, Index expected, const char* meaning) {
  if (value == expected) return;
  throw Error(ErrorCode::usage, std::string(name) + " = " + std::to_string(value) + ", expected " +
                                    std::to_string(expected) + " (" + meaning + ")");
}

void check_shapes(const Signal& mixture, MatrixView<const float> w, MatrixView<const float> h,
                  const StftOptions& options) {
  if (w.cols < 1) throw Error(ErrorCode::usage, "columns of w = 0, expected 1 or more");
  check_size("rows of w", w.rows, num_bins(options), "bins");
  check_size("rows of h", h.rows, w.cols, "columns of w");
  check_size("columns of h", h.cols, num_frames(mixture.num_samples(), options), "frames");
}

// Where the windows' squares add up to less than this share of their largest sum, which happens
// only for hops above a third of n_fft, dividing by them would make a roar of what the gains
// changed there: the parts are silent instead, and the residual has it.
constexpr double kSmallestWeightShare = 0.01;

/// What the sums of overlap-add are multiplied with.
class OverlapWeights {
 public:
  OverlapWeights(const StftOptions& options, Index num_frames)
      : hop_length_(options.hop_length),
        num_frames_(num_frames),
        squares_(hann_window(options.n_fft)) {
    for (double& value : squares_) value *= value;
    smallest_ = kSmallestWeightShare * largest_sum();
  }

  std::span<const double> at(Index first, Index count) {
    weights_.assign(static_cast<std::size_t>(count), 0.0);
    add_window_squares(squares_, hop_length_, num_frames_, first, weights_);
    for (double& weight : weights_) {
      weight = weight > smallest_ ? 1 / weight : 0;
    }
    return weights_;
  }

 private:
  /// Of the windows' squares over all samples of an endless signal.
  [[nodiscard]] double largest_sum() const {
    double largest = 0;
    const auto size = static_cast<Index>(squares_.size());
    for (Index start = 0; start < std::min(hop_length_, size); ++start) {
      double sum = 0;
      for (Index i = start; i < size; i += hop_length_) sum += squares_[i];
      largest = std::max(largest, sum);
    }
    return largest;
  }

  Index hop_length_;
  Index num_frames_;
  double smallest_ = 0;
  std::vector<double> squares_;
  std::vector<double> weights_;
};

}  // namespace

void validate(const SeparateOptions& options) {
  if (!(options.mask_exponent >= kMinMaskExponent && options.mask_exponent <= kMaxMaskExponent)) {
    throw Error(ErrorCode::usage,
                "mask_exponent = " + std::to_string(options.mask_exponent) + ", expected 0.1..10");
  }
  if (options.power != 1 && options.power != 2) {
    throw Error(ErrorCode::usage, "power = " + std::to_string(options.power) + ", expected 1 or 2");
  }
}

template <class T>
void separate(const Signal& mixture, MatrixView<const float> w, MatrixView<const float> h,
              const StftOptions& stft_options, const SeparateOptions& options, Reducer& reducer,
              const RunControl& control, const PartsCallback& on_block,
              const std::function<void(double)>& share) {
  validate(options);
  const LaneTransform<T> transform(stft_options);
  check_shapes(mixture, w, h, stft_options);
  const Index num_parts = w.cols;
  const Index num_samples = mixture.num_samples();
  const Index hop = stft_options.hop_length;
  const Index max_frames = block_frames(stft_options.n_fft);

  MixtureBlock<T> block(transform, mixture, w, h, options, max_frames);
  std::vector<PartStream<T>> streams(
      static_cast<std::size_t>(num_parts),
      PartStream<T>(stft_options, mixture.num_channels(), max_frames));
  std::vector<MatrixView<const float>> views(static_cast<std::size_t>(num_parts));
  OverlapWeights overlap(stft_options, h.cols);

  Index finished = 0;  // samples handed out
  for (Index first = 0; first < h.cols; first += max_frames) {
    control.check_stop();
    const Index count = std::min(max_frames, h.cols - first);
    const bool last = first + count == h.cols;
    const Index first_sample = first * hop - stft_options.n_fft / 2;
    // No later frame reaches back before the start of the next block.
    const Index end =
        last ? num_samples : std::clamp(first_sample + count * hop, finished, num_samples);
    const std::span<const double> weights = overlap.at(finished, end - finished);
    block.load(first, count, reducer);
    reducer.for_each(num_parts, [&](Index k) {
      PartStream<T>& stream = streams[k];
      stream.add_block(transform, block, k);
      views[k] = stream.finished(finished - first_sample, weights);
      stream.drop(count * hop);
    });
    if (end > finished) on_block({finished, end - finished, views});
    finished = end;
    if (share) share(static_cast<double>(first + count) / static_cast<double>(h.cols));
  }
}

template void separate<float>(const Signal&, MatrixView<const float>, MatrixView<const float>,
                              const StftOptions&, const SeparateOptions&, Reducer&,
                              const RunControl&, const PartsCallback&,
                              const std::function<void(double)>&);
template void separate<double>(const Signal&, MatrixView<const float>, MatrixView<const float>,
                               const StftOptions&, const SeparateOptions&, Reducer&,
                               const RunControl&, const PartsCallback&,
                               const std::function<void(double)>&);

}  // namespace partwise
