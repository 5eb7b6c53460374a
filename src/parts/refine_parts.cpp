#include <algorithm>
#include <partwise/drums.hpp>
#include <partwise/factorize.hpp>
#include <vector>

namespace partwise {
namespace {

constexpr Index kTemplateFrames = 10;   // a tenth of a second at 512 samples and 44.1 kHz
constexpr Index kIterationsAlone = 20;  // a part's template, of its own sum
constexpr Index kIterationsTogether = 40;
constexpr double kQuietest = 1e-3;  // activations begin at this share of their largest, at least

/// The sum of a group's components [F x T].
Matrix<float> sum_of(MatrixView<const float> w, MatrixView<const float> h,
                     const std::vector<Index>& group, Reducer& reducer) {
  Matrix<float> sum(w.rows, h.cols);
  constexpr Index kBlock = 64;  // frames a task makes
  reducer.for_each((h.cols + kBlock - 1) / kBlock, [&](Index block) {
    for (Index n = block * kBlock; n < std::min(h.cols, (block + 1) * kBlock); ++n) {
      float* column = sum.column(n);
      for (const Index k : group) {
        const float* templates = w.column(k);
        const float activation = h(k, n);
        for (Index f = 0; f < w.rows; ++f) column[f] += templates[f] * activation;
      }
    }
  });
  return sum;
}

/// Where a part begins to sound: its activations are the squared rises of its level, and every
/// frame of its template its mean spectrum, with unit sum over all frames.
Factors<float> start_of(const Matrix<float>& sum) {
  Factors<float> start{Matrix<float>(sum.rows(), kTemplateFrames), Matrix<float>(1, sum.cols())};
  std::vector<double> spectrum(static_cast<std::size_t>(sum.rows())), rises;
  double before = 0, loudest = 0, all = 0;
  for (Index n = 0; n < sum.cols(); ++n) {
    double level = 0;
    for (Index f = 0; f < sum.rows(); ++f) {
      spectrum[f] += static_cast<double>(sum(f, n));
      level += static_cast<double>(sum(f, n));
    }
    rises.push_back(std::max(level - before, 0.0));
    loudest = std::max(loudest, level);
    all += level;
    before = level;
  }
  if (!(all > 0)) return start;
  const double largest = *std::max_element(rises.begin(), rises.end());
  for (Index n = 0; n < sum.cols(); ++n) {
    const double share = rises[n] / largest;
    start.h(0, n) = static_cast<float>((share * share + kQuietest) * loudest);
  }
  for (Index l = 0; l < kTemplateFrames; ++l) {
    for (Index f = 0; f < sum.rows(); ++f)
      start.w(f, l) = static_cast<float>(spectrum[f] / all / static_cast<double>(kTemplateFrames));
  }
  return start;
}

Factors<float> fit(MatrixView<const float> v, const Factors<float>& start, Index iterations,
                   Reducer& reducer, const RunControl& control) {
  FactorizeOptions options;
  options.num_components = start.h.rows();
  options.template_frames = kTemplateFrames;
  options.start = Start::given;
  options.max_iterations = iterations;
  options.tolerance = 0;
  auto found = factorize<float>(v, options, &start, reducer, control);
  control.check_stop();
  return std::move(found.factors);
}

}  // namespace

PartRefinement refine_parts(MatrixView<const float> v, MatrixView<const float> w,
                            MatrixView<const float> h, const PartGroups& groups, Reducer& reducer,
                            const RunControl& control) {
  const auto parts = static_cast<Index>(groups.size());
  PartRefinement out;
  out.part_of.resize(static_cast<std::size_t>(w.cols));
  Factors<float> start{Matrix<float>(v.rows, parts * kTemplateFrames),
                       Matrix<float>(parts, v.cols)};
  for (Index g = 0; g < parts; ++g) {
    for (const Index k : groups[g]) out.part_of[k] = g;
    const Matrix<float> sum = sum_of(w, h, groups[g], reducer);
    const Factors<float> alone = fit(sum, start_of(sum), kIterationsAlone, reducer, control);
    for (Index l = 0; l < kTemplateFrames; ++l)
      std::copy_n(alone.w.column(l), v.rows, start.w.column(g + l * parts));
    for (Index n = 0; n < v.cols; ++n) start.h(g, n) = alone.h(0, n);
  }
  out.factors = fit(v, start, kIterationsTogether, reducer, control);
  return out;
}

}  // namespace partwise
