#include <algorithm>
#include <nmf/bands.hpp>
#include <nmf/coarse_to_fine.hpp>
#include <nmf/new_activations.hpp>
#include <nmf/starts.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

// From one level to the next there are so many times the frames: they overlap by three quarters, so
// that the first step down from all of them loses next to nothing.
constexpr Index kStep = 4;

// A level has at least so many frames, and so many for every component, or W learns its frames by
// heart.
constexpr Index kFewestFrames = 300;
constexpr Index kFramesAComponent = 4;

// Bands pay where there are so many times more bins.
constexpr Index kBinsABand = 4;

// Passes over a level at most, and the share of the objective that it must fall in four to go on.
// Descent comes as far on bands in fewer passes than multiplication.
constexpr Index kDescentsOverBands = 40;
constexpr Index kMultiplicationsOverBands = 100;
constexpr Index kPassesOverLevel = 20;
constexpr double kWorthGoingOn = 4e-3;
constexpr Index kPassesOfAStep = 4;

/// Runs on what is left of `passes`, or until it is not worth going on.
template <class T>
double run_level(const Problem<T>& problem, Factors<T>& factors, Index passes) {
  const auto run = accelerated_run(problem, factors);
  run->begin();
  for (Index done = 0; done < passes;) {
    const double before = run->divergence();
    for (Index step = 0; step < kPassesOfAStep; step += run->passes(), done += run->passes()) {
      if (!run->iterate()) return run->divergence();
    }
    if (run->settled() || before - run->divergence() < kWorthGoingOn * before) break;
  }
  return run->divergence();
}

/// The seed of another start: far from its neighbours, which people try in turn.
std::uint32_t seed_of(const MoreStarts& more, Index number) {
  constexpr std::uint32_t kStride = 0x9e3779b9;  // odd, so that no two of them meet
  return more.seed + static_cast<std::uint32_t>(number) * kStride;
}

/// What the start that leads lowest leads to, of `start` and more. Differences between starts show
/// only after as many passes as a level gets: chosen after four or eight, they ended no lower.
template <class T>
Factors<T> learn_from_best(const Problem<T>& level, Factors<T> start, const MoreStarts& more) {
  const auto learn = [&](Factors<T>& factors) {
    const double divergence = run_level(level, factors, kPassesOverLevel);
    return divergence + level.regularisers.cost(factors.w, factors.h, level.reducer);
  };
  const Index components = start.w.cols();
  Factors<T> best = std::move(start);
  double lowest = learn(best);
  for (Index number = 1; number <= more.count; ++number) {
    if (level.stopped()) break;
    Factors<T> other = start_factors(level.data, {Start::random, components, seed_of(more, number)},
                                     level.reducer, level.control);
    const double objective = learn(other);
    if (!(objective < lowest)) continue;
    lowest = objective;
    best = std::move(other);
  }
  return best;
}

/// H of the frames of `level`, which are those of `data` whose number is a multiple of stride.
template <class T>
Matrix<T> every(const Matrix<T>& h, const ScaledData<T>& data, Index stride) {
  const ScaledData<T> level = data.every(stride);
  Matrix<T> out(h.rows(), level.frames());
  for (Index n = 0; n < out.cols(); ++n) {
    const Index frame = (level.first_frame() + n) * stride - data.first_frame();
    std::copy_n(h.column(frame), h.rows(), out.column(n));
  }
  return out;
}

/// W of `level` from the bands of its frames.
template <class T>
void learn_on_bands(const Problem<T>& level, Factors<T>& factors) {
  const Bands bands(level.data.bins());
  const Matrix<T> cells = bands.of(level.data, 0, level.data.frames(), level.loss);
  const ScaledData<T> data(
      matrix_source(cells.view(), {level.data.first_frame(), level.data.all_frames()}), 0, T{0});
  Factors<T> on_bands{bands.of(std::as_const(factors.w).view(), level.loss), std::move(factors.h)};
  run_level(level.with(data, level.regularisers), on_bands,
            level.loss.coordinate_descent ? kDescentsOverBands : kMultiplicationsOverBands);
  bands.spread(on_bands.w, level.loss, factors.w);
  factors.h = std::move(on_bands.h);
}

}  // namespace

CoarsePlan plan_coarse(Index bins, Index frames, Index num_components, const Loss& loss,
                       const std::vector<bool>& fixed_columns) {
  CoarsePlan plan;
  const bool nothing_to_learn =
      !fixed_columns.empty() &&
      std::all_of(fixed_columns.begin(), fixed_columns.end(), [](bool fixed) { return fixed; });
  if (nothing_to_learn) return plan;
  const Index fewest = std::max(kFewestFrames, kFramesAComponent * num_components);
  for (Index stride = kStep; frames / stride >= fewest; stride *= kStep) {
    plan.strides.insert(plan.strides.begin(), stride);
  }
  // Sums of neighbours say little about a loss of ratios: for Itakura-Saito bands led to worse
  // optima. Where frames can be left out they took more iterations from five of eight starts on
  // three minutes of music, and fewer from one.
  const Index bands = Bands(bins).count();
  plan.bands = plan.strides.empty() && (loss.beta == 1 || loss.frobenius()) &&
               bins >= kBinsABand * bands && num_components < bands && num_components <= frames / 2;
  return plan;
}

template <class T>
std::optional<Factors<T>> learn_coarsely(const Problem<T>& problem, const CoarsePlan& plan,
                                         const Factors<T>& start, const MoreStarts& more) {
  Index stride = plan.coarsest();
  Factors<T> level{start.w, every(start.h, problem.data, stride)};
  if (plan.bands) {
    const ScaledData<T> data = problem.data.every(stride);
    const Regularisers<T> terms = problem.regularisers.at_level(stride);
    learn_on_bands(problem.with(data, terms), level);
  }
  for (const Index next : plan.strides) {
    if (problem.stopped()) return std::nullopt;
    const ScaledData<T> data = problem.data.every(next);
    const Regularisers<T> terms = problem.regularisers.at_level(next);
    if (next < stride)
      level.h = new_activations(problem.with(data, terms), level, stride / next, plan.bands);
    if (next == plan.coarsest()) {
      level = learn_from_best(problem.with(data, terms), std::move(level), more);
    } else {
      run_level(problem.with(data, terms), level, kPassesOverLevel);
    }
    stride = next;
  }
  if (problem.stopped()) return std::nullopt;
  level.h = new_activations(problem, level, stride, plan.bands);
  if (problem.stopped()) return std::nullopt;
  return level;
}

template std::optional<Factors<float>> learn_coarsely(const Problem<float>&, const CoarsePlan&,
                                                      const Factors<float>&, const MoreStarts&);
template std::optional<Factors<double>> learn_coarsely(const Problem<double>&, const CoarsePlan&,
                                                       const Factors<double>&, const MoreStarts&);

}  // namespace partwise::nmf
