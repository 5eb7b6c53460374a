#include <algorithm>
#include <cmath>
#include <dsp/frame_window.hpp>
#include <dsp/lane_transform.hpp>
#include <dsp/scratch_pool.hpp>
#include <memory>
#include <partwise/error.hpp>
#include <partwise/separate.hpp>
#include <separate/block_plan.hpp>
#include <separate/cell_gains.hpp>
#include <separate/given_gains.hpp>
#include <separate/overlap.hpp>
#include <separate/part_sums.hpp>
#include <string>
#include <type_traits>
#include <vector>

namespace partwise {
namespace {

/// Parts that one piece of work makes of the frames of the mixture that it transforms: with more, a
/// block of many parts has more pieces, and with fewer the mixture is transformed too often.
constexpr Index kTaskParts = 16;

void check_size(const char* name, Index value, Index expected, const char* meaning) {
  if (value == expected) return;
  throw bad_argument(name, value, std::to_string(expected) + " (" + meaning + ")");
}

void check_shapes(const SignalSource& mixture, const SeparationModel& model) {
  const MatrixView<const float> w = model.w, h = model.h;
  const StftOptions& options = model.stft;
  if (w.cols < 1) throw bad_argument("columns of w", 0, "1 or more");
  check_size("rows of w", w.rows, num_bins(options), "bins");
  check_size("rows of h", h.rows, w.cols, "columns of w");
  check_size("columns of h", h.cols, num_frames(mixture.num_samples(), options), "frames");
}

void check_refinement(const PartRefinement& refinement, const SeparationModel& model) {
  const MatrixView<const float> w = model.w, h = model.h;
  if (model.options.resynthesis != Resynthesis::mask)
    throw bad_argument("resynthesis", "factors of refined parts", "mask");
  const Factors<float>& factors = refinement.factors;
  const Index parts = factors.h.rows();
  if (parts < 1 || factors.w.cols() < parts || factors.w.cols() % parts != 0) {
    throw bad_argument(
        "refinement",
        std::to_string(factors.w.cols()) + " templates of " + std::to_string(parts) + " parts",
        "as many of each part");
  }
  check_size("rows of the refinement's w", factors.w.rows(), w.rows, "bins");
  check_size("columns of the refinement's h", factors.h.cols(), h.cols, "frames");
  check_size("refinement's part_of", static_cast<Index>(refinement.part_of.size()), w.cols,
             "components");
  for (const Index part : refinement.part_of) {
    if (part >= 0 && part < parts) continue;
    throw bad_argument("part of a component", part, "0.." + std::to_string(parts - 1));
  }
}

/// Of one piece of work: frames of the mixture, and of one part.
template <class T>
struct Scratch {
  Matrix<T> samples;   // of a group of frames
  Matrix<T> spectra;   // of the mixture, every channel
  Matrix<T> gains;     // of a part
  Matrix<T> more;      // of one more component of it
  Matrix<T> crossing;  // of frames that cross the end of a segment
  LaneCells<T> cells;
};

template <class T>
std::unique_ptr<LaneGains<T>> make_gains(const SeparationModel& model,
                                         const PartRefinement* refinement) {
  if (model.gains != nullptr) return std::make_unique<GivenGains<T>>(*model.gains, model.w.rows);
  return std::make_unique<CellGains<T>>(model.w, model.h, model.options, refinement);
}

/// Gains that are given take the place of all that masks are made of.
void check_given_gains(const SeparationModel& model, const PartRefinement* refinement) {
  if (model.gains == nullptr) return;
  if (model.options.resynthesis != Resynthesis::mask)
    throw bad_argument("resynthesis", "factors with gains that are given", "mask");
  if (refinement != nullptr)
    throw bad_argument("refinement", "given with gains that are given", "one of them");
}

/// What stays the same during a separation.
template <class T>
class Separation {
 public:
  Separation(const SignalSource& mixture, const SeparationModel& model,
             const PartRefinement* refinement)
      : mixture_(mixture),
        options_(model.options),
        groups_(part_groups(model.options.groups, model.w.cols)),
        num_parts_(static_cast<Index>(groups_.size())),
        transform_(model.stft),
        plan_(model.stft, num_parts_, mixture.num_channels(), model.h.cols),
        gains_(make_gains<T>(model, refinement)),
        overlap_(model.stft, model.h.cols, mixture.num_samples()),
        sums_(plan_, model.stft, num_parts_ * mixture.num_channels()) {}

  [[nodiscard]] Index num_parts() const { return num_parts_; }

  [[nodiscard]] const BlockPlan& plan() const { return plan_; }

  /// Frames [first, first + count), complete with what came before.
  void make_block(Index first, Index count, bool is_last, Reducer& reducer) {
    first_frame_ = first;
    const Index end = is_last ? mixture_.num_samples() : first_sample() + count * plan_.hop_length;
    window_ = read_frames(mixture_, transform_.options(), first, count, end, room_);
    sums_.begin_block(count, is_last);
    const Index ranges = (num_parts_ + kTaskParts - 1) / kTaskParts;
    reducer.for_each(sums_.num_segments() * ranges,
                     [&](Index task) { add_segment(task / ranges, task % ranges * kTaskParts); });
    reducer.for_each(sums_.num_segments(), [&](Index segment) { finish_segment(segment); });
    sums_.end_block();
  }

  /// Sample `first` of the signal, which lies in the block, and `count` of every part.
  void views(Index first, Index count, std::vector<MatrixView<const float>>& out) {
    const Index channels = mixture_.num_channels();
    const MatrixView<float> all = finished_samples();
    for (Index k = 0; k < num_parts_; ++k) {
      out[k] = {all.column(k * channels) + first - first_sample(), count, channels, all.stride};
    }
  }

  /// The same stretch of the mixture.
  [[nodiscard]] MatrixView<const float> mixture(Index first, Index count) const {
    const MatrixView<const float> all = window_.samples;
    return {all.data + first - window_.first_sample, count, all.cols, all.stride};
  }

  /// The sample of the signal that the block's first frame begins with.
  [[nodiscard]] Index first_sample() const {
    return first_frame_ * plan_.hop_length - transform_.options().n_fft / 2;
  }

 private:
  [[nodiscard]] Scratch<T> make_scratch() const {
    const Index values = transform_.num_values();
    return {Matrix<T>(values, 1),
            Matrix<T>(values * mixture_.num_channels(), 1),
            Matrix<T>(num_bins(transform_.options()) * LaneTransform<T>::kLanes, 1),
            Matrix<T>(num_bins(transform_.options()) * LaneTransform<T>::kLanes, 1),
            Matrix<T>(sums_.crossing_samples(), 1),
            gains_->make_cells()};
  }

  /// The frames of a segment, of parts [first_part, first_part + kTaskParts).
  void add_segment(Index segment, Index first_part) {
    const auto scratch = pool_.take([&] { return make_scratch(); });
    const Index end_part = std::min(first_part + kTaskParts, num_parts_);
    const Index channels = mixture_.num_channels();
    constexpr Index kLanes = LaneTransform<T>::kLanes;
    const Index end = sums_.segment_begin(segment + 1);
    for (Index t = sums_.segment_begin(segment); t < end; t += kLanes) {
      const Index count = std::min(kLanes, end - t);
      load_mixture(first_frame_ + t, count, *scratch);
      for (Index k = first_part; k < end_part; ++k) {
        load_gains(k, *scratch);
        for (Index c = 0; c < channels; ++c) {
          transform_.inverse((*scratch).spectra.data() + c * transform_.num_values(),
                             (*scratch).samples.data(), (*scratch).gains.data());
          sums_.add({segment, t, count}, k * channels + c, (*scratch).samples.data(),
                    overlap_.window(), (*scratch).crossing.data());
        }
      }
    }
  }

  /// Of a part: the sum over its components.
  void load_gains(Index part, Scratch<T>& scratch) const {
    const auto& group = groups_[part];
    gains_->gains(group.front(), scratch.cells, scratch.gains.data());
    for (std::size_t i = 1; i < group.size(); ++i) {
      gains_->gains(group[i], scratch.cells, scratch.more.data());
      for (Index cell = 0; cell < scratch.gains.rows(); ++cell) {
        scratch.gains(cell, 0) += scratch.more(cell, 0);
      }
    }
  }

  void load_mixture(Index first, Index count, Scratch<T>& scratch) const {
    for (Index c = 0; c < mixture_.num_channels(); ++c) {
      transform_.forward(window_.samples.column_span(c), window_.frame(first), count,
                         scratch.samples.data(),
                         scratch.spectra.data() + c * transform_.num_values());
    }
    gains_->load(first, count, scratch.cells);
    if (options_.resynthesis == Resynthesis::factors) divide_by_magnitude(scratch.spectra);
  }

  /// Dividing once, before any gain, leaves spectra of magnitude 1: W_k H_k / V alone could
  /// overflow.
  void divide_by_magnitude(Matrix<T>& spectra) const {
    constexpr Index kLanes = LaneTransform<T>::kLanes;
    const Index n = transform_.options().n_fft, channels = mixture_.num_channels();
    Matrix<double> reciprocal(num_bins(transform_.options()) * kLanes, 1);
    for (Index c = 0; c < channels; ++c) {
      add_power(spectra.data() + c * transform_.num_values(), n, reciprocal.data());
    }
    for (Index cell = 0; cell < reciprocal.rows(); ++cell) {
      const double magnitude = std::sqrt(reciprocal(cell, 0) / static_cast<double>(channels));
      reciprocal(cell, 0) = magnitude > 0 ? 1 / magnitude : 0;
    }
    for (Index row = 0; row < n * channels; ++row) {
      const double* bin = reciprocal.data() + (row % n + 1) / 2 * kLanes;
      T* values = spectra.data() + row * kLanes;
      for (Index lane = 0; lane < kLanes; ++lane) {
        values[lane] = static_cast<T>(values[lane] * bin[lane]);
      }
    }
  }

  void finish_segment(Index segment) {
    const Index begin = sums_.segment_begin(segment) * plan_.hop_length;
    const Index length = sums_.segment_samples(segment);
    const Index first = std::max<Index>(0, first_sample() + begin);
    const Index end = std::min(mixture_.num_samples(), first_sample() + begin + length);
    for (Index column = 0; column < num_parts_ * mixture_.num_channels(); ++column) {
      sums_.join(segment, column);
      if (end <= first) continue;
      T* samples = sums_.samples(column) + (first - first_sample());
      overlap_.correct(first, end - first, samples);
      if constexpr (!std::is_same_v<T, float>) {
        float* rounded = rounded_.column(column) + (first - first_sample());
        for (Index i = 0; i < end - first; ++i) rounded[i] = static_cast<float>(samples[i]);
      }
    }
  }

  [[nodiscard]] MatrixView<float> finished_samples() {
    if constexpr (std::is_same_v<T, float>) {
      return sums_.all_samples();
    } else {
      return rounded_.view();
    }
  }

  const SignalSource& mixture_;
  SeparateOptions options_;
  PartGroups groups_;
  Index num_parts_;
  LaneTransform<T> transform_;
  BlockPlan plan_;
  std::unique_ptr<LaneGains<T>> gains_;
  Overlap<T> overlap_;
  PartSums<T> sums_;
  Index first_frame_ = 0;
  Matrix<float> room_;  // for a source that fills it
  FrameWindow window_;  // of the mixture, for the frames of the block
  ScratchPool<Scratch<T>> pool_;
  Matrix<float> rounded_ = std::is_same_v<T, float>
                               ? Matrix<float>()
                               : Matrix<float>(sums_.all_samples().rows, sums_.all_samples().cols);
};

}  // namespace

void validate(const SeparateOptions& options) {
  const double exponent = options.mask_exponent.value_or(kDefaultMaskExponent);
  if (!kMaskExponentRange.contains(exponent)) {
    throw bad_argument("mask_exponent", exponent, kMaskExponentRange);
  }
  if (!kPowerRange.contains(options.power)) {
    throw bad_argument("power", options.power, kPowerRange);
  }
}

template <class T>
void separate(const SignalSource& mixture, const SeparationModel& asked, PartsSink& sink,
              Reducer& reducer, const RunControl& control,
              const std::function<void(double)>& share) {
  SeparationModel model = asked;
  if (!model.options.mask_exponent) model.options.mask_exponent = kDefaultMaskExponent;
  const PartRefinement* refinement = model.refinement;
  if (refinement != nullptr && refinement->empty()) refinement = nullptr;
  validate(model.options);
  validate(model.stft);
  check_shapes(mixture, model);
  if (refinement != nullptr) check_refinement(*refinement, model);
  check_given_gains(model, refinement);
  Separation<T> separation(mixture, model, refinement);
  std::vector<MatrixView<const float>> views(static_cast<std::size_t>(separation.num_parts()));
  const Index num_samples = mixture.num_samples(), num_frames = model.h.cols;
  sink.begin(
      {separation.num_parts(), mixture.num_channels(), num_samples, mixture.sample_rate_hz()});
  Index finished = 0;  // samples handed out
  for (Index first = 0; first < num_frames; first += separation.plan().block_frames()) {
    control.check_stop();
    const Index count = std::min(separation.plan().block_frames(), num_frames - first);
    const bool last = first + count == num_frames;
    separation.make_block(first, count, last, reducer);
    // No later frame reaches back before the start of the next block.
    const Index complete = separation.first_sample() + count * model.stft.hop_length;
    const Index end = last ? num_samples : std::clamp(complete, finished, num_samples);
    if (end > finished) {
      separation.views(finished, end - finished, views);
      sink.add({finished, end - finished, views, separation.mixture(finished, end - finished)});
    }
    finished = end;
    if (share) share(static_cast<double>(first + count) / static_cast<double>(num_frames));
  }
  sink.finish();
}

template void separate<float>(const SignalSource&, const SeparationModel&, PartsSink&, Reducer&,
                              const RunControl&, const std::function<void(double)>&);
template void separate<double>(const SignalSource&, const SeparationModel&, PartsSink&, Reducer&,
                               const RunControl&, const std::function<void(double)>&);

}  // namespace partwise
