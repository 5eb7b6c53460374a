#include <Eigen/Core>
#include <algorithm>
#include <evaluate/correlator.hpp>
#include <partwise/error.hpp>
#include <partwise/evaluate.hpp>
#include <string>

namespace partwise {
namespace {

/// A section cut into stretches, whose signals are read in double.
class Stretches {
 public:
  Stretches(const ScoredSection& section, Index num_channels)
      : section_(section), num_channels_(num_channels) {}

  [[nodiscard]] Index num_references() const {
    return static_cast<Index>(section_.references.size());
  }
  [[nodiscard]] Index num_signals() const {
    return static_cast<Index>(section_.references.size() + section_.parts.size()) + 1;
  }

  /// Samples [first, first + count) of a channel, or of the mean over channels, silence where the
  /// signal has no more.
  void read(Index signal, Index channel, Index first, Index count, double* out) const {
    std::fill_n(out, count, 0.0);
    add(signal, channel, first, count, 1.0, out);
  }
  void read_mono(Index signal, Index first, Index count, double* out) const {
    std::fill_n(out, count, 0.0);
    const double share = 1 / static_cast<double>(num_channels_);
    for (Index c = 0; c < num_channels_; ++c) add(signal, c, first, count, share, out);
  }

 private:
  void add(Index signal, Index channel, Index first, Index count, double gain, double* out) const {
    const auto num_references = static_cast<Index>(section_.references.size());
    const auto num_parts = static_cast<Index>(section_.parts.size());
    if (signal < num_references) {
      add(section_.references[signal], channel, first, count, gain, out);
    } else if (signal < num_references + num_parts) {
      add(section_.parts[signal - num_references], channel, first, count, gain, out);
    } else if (section_.mixture.rows > 0) {
      add(section_.mixture, channel, first, count, gain, out);
    } else {
      for (const auto& reference : section_.references) {
        add(reference, channel, first, count, gain, out);
      }
    }
  }

  static void add(const MatrixView<const float>& from, Index channel, Index first, Index count,
                  double gain, double* out) {
    const Index present = std::clamp<Index>(from.rows - first, 0, count);
    const float* samples = from.column(channel) + first;
    for (Index i = 0; i < present; ++i) out[i] += gain * static_cast<double>(samples[i]);
  }

  const ScoredSection& section_;
  Index num_channels_;
};

using Square = Eigen::Map<Eigen::MatrixXd, 0, Eigen::OuterStride<>>;

Square square(Matrix<double>& matrix) {
  return {matrix.data(), matrix.rows(), matrix.cols(), Eigen::OuterStride<>(matrix.stride())};
}

/// Products of all signals with all, over `count` samples.
class ProductSums {
 public:
  ProductSums(Index num_signals, Index first_part, bool is_mono)
      : products_(num_signals, num_signals),
        mono_(num_signals, num_signals),
        first_part_(first_part),
        num_parts_(num_signals - 1 - first_part),
        is_mono_(is_mono) {}

  void add(const Stretches& from, Index num_channels, Index first, Index count) {
    Eigen::MatrixXd samples(count, products_.cols());
    for (Index c = 0; c < num_channels; ++c) {
      for (Index s = 0; s < samples.cols(); ++s) from.read(s, c, first, count, &samples(0, s));
      square(products_).selfadjointView<Eigen::Lower>().rankUpdate(samples.transpose());
      rest_energy_ +=
          (samples.rightCols<1>() - samples.middleCols(first_part_, num_parts_).rowwise().sum())
              .squaredNorm();
    }
    if (is_mono_) return;
    for (Index s = 0; s < samples.cols(); ++s) from.read_mono(s, first, count, &samples(0, s));
    square(mono_).selfadjointView<Eigen::Lower>().rankUpdate(samples.transpose());
  }

  void add_to(Matrix<double>& products, Matrix<double>& mono, double& rest_energy) const {
    add_symmetric(products_, products);
    add_symmetric(is_mono_ ? products_ : mono_, mono);
    rest_energy += rest_energy_;
  }

 private:
  static void add_symmetric(const Matrix<double>& lower, Matrix<double>& out) {
    for (Index b = 0; b < out.cols(); ++b) {
      for (Index a = 0; a < out.rows(); ++a) out(a, b) += lower(std::max(a, b), std::min(a, b));
    }
  }

  Matrix<double> products_;
  Matrix<double> mono_;
  Index first_part_;
  Index num_parts_;
  double rest_energy_ = 0;
  bool is_mono_;
};

// Small enough for the cache with some dozen signals, large enough that sums in pieces are fast.
constexpr Index kProductBlock = 2048;
constexpr Index kProductTasks = 8;

/// What add_products() adds to.
struct ProductTotals {
  Matrix<double>& products;
  Matrix<double>& mono;
  double& rest_energy;
};

void add_products(const Stretches& stretches, Index num_channels, Index count, Reducer& reducer,
                  const RunControl& control, const ProductTotals& totals) {
  std::vector<ProductSums> sums(
      static_cast<std::size_t>(kProductTasks),
      ProductSums(stretches.num_signals(), stretches.num_references(), num_channels == 1));
  const Index blocks = (count + kProductBlock - 1) / kProductBlock;
  reducer.for_each(kProductTasks, [&](Index task) {
    for (Index block = task; block < blocks; block += kProductTasks) {
      control.check_stop();
      const Index first = block * kProductBlock;
      sums[task].add(stretches, num_channels, first, std::min(kProductBlock, count - first));
    }
  });
  for (const ProductSums& sum : sums) sum.add_to(totals.products, totals.mono, totals.rest_energy);
}

void add_correlations(const Stretches& stretches, Index num_references, Index count,
                      Reducer& reducer, const RunControl& control, Matrix<double>& out) {
  Correlator correlator(num_references, stretches.num_signals());
  for (Index first = 0; first < count; first += Correlator::kStretch) {
    const Index length = std::min(Correlator::kStretch, count - first);
    reducer.for_each(num_references, [&](Index r) {
      Matrix<double> samples(length, 1);
      stretches.read_mono(r, first, length, samples.data());
      correlator.set_reference(r, samples.data(), length);
    });
    reducer.for_each(stretches.num_signals(), [&](Index s) {
      control.check_stop();
      Matrix<double> samples(length + SignalSums::kAhead, 1);
      stretches.read_mono(s, first, samples.rows(), samples.data());
      correlator.add_signal(s, samples.data(), samples.rows());
    });
  }
  correlator.add_to(out);
}

}  // namespace

SignalSums::SignalSums(Index num_references, Index num_parts, Index num_channels)
    : num_references_(num_references), num_parts_(num_parts), num_channels_(num_channels) {
  if (num_references < 1) throw bad_argument("num_references", num_references, "1 or more");
  if (num_parts < 0) throw bad_argument("num_parts", num_parts, "0 or more");
  if (num_channels < 1) throw bad_argument("num_channels", num_channels, "1 or more");
  products_ = Matrix<double>(num_signals(), num_signals());
  mono_products_ = Matrix<double>(num_signals(), num_signals());
  correlations_ = Matrix<double>(kTaps, num_references * num_signals());
}

void SignalSums::add(const ScoredSection& section, Reducer& reducer, const RunControl& control) {
  const auto check = [&](std::span<const MatrixView<const float>> signals, Index expected,
                         const char* name) {
    if (static_cast<Index>(signals.size()) != expected) {
      throw bad_argument(name, std::to_string(signals.size()) + " signals",
                         std::to_string(expected));
    }
    for (const auto& signal : signals) {
      if (signal.cols == num_channels_) continue;
      throw bad_argument(name, std::to_string(signal.cols) + " channels",
                         std::to_string(num_channels_));
    }
  };
  check(section.references, num_references_, "references");
  check(section.parts, num_parts_, "parts");
  if (section.mixture.rows > 0) check({&section.mixture, 1}, 1, "mixture");
  const Stretches stretches(section, num_channels_);
  add_products(stretches, num_channels_, section.count, reducer, control,
               {products_, mono_products_, rest_energy_});
  add_correlations(stretches, num_references_, section.count, reducer, control, correlations_);
}

}  // namespace partwise
