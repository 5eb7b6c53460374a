#include <algorithm>
#include <cmath>
#include <kernels/kernel_table.hpp>
#include <nmf/extrapolate.hpp>
#include <nmf/h_update.hpp>
#include <optional>

namespace partwise::nmf {
namespace {

template <class T, class CarryOn>
void carry_all_on(MatrixView<T> next, MatrixView<T> h_plain, double momentum,
                  const CarryOn& carry_on) {
  const auto step = static_cast<T>(momentum);
  for (Index n = 0; n < next.cols; ++n) {
    T* to = next.column(n);
    T* plain = h_plain.column(n);
    for (Index k = 0; k < next.rows; ++k) {
      const T now = to[k];
      to[k] = carry_on(now, plain[k], step);
      plain[k] = now;
    }
  }
}

template <class T>
class MultiplyRule final : public HUpdate<T> {
 public:
  explicit MultiplyRule(const LossBlocks<T>& blocks) : blocks_(blocks) {}

  void begin(ActivationBound<T> bound, double exponent, double zero_below) override {
    steps_.emplace(std::move(bound), exponent, zero_below);
  }

  void update(const FrameBlock<T>& block, const UpdateRequest<T>& request, MatrixView<T> next,
              PassScratch<T>& scratch, PassSums& sums) const override {
    const auto numerator = scratch.h_numerator.view().columns(0, next.cols);
    const auto denominator = scratch.h_denominator.view().columns(0, next.cols);
    sums.objective +=
        blocks_.ratio(block, request.measure == Measure::before, numerator, denominator, scratch);
    multiply_h<T>(numerator, denominator, block, next, *steps_);
  }

  void extrapolate(MatrixView<T> next, MatrixView<T> h_plain, double momentum) const override {
    carry_all_on(next, h_plain, momentum, carry_on_growth<T>);
  }

 private:
  const LossBlocks<T>& blocks_;
  std::optional<MultiplySteps<T>> steps_;
};

template <class T>
class DescendRule final : public HUpdate<T> {
 public:
  explicit DescendRule(const FrobeniusBlocks<T>& blocks) : blocks_(blocks) {}

  void begin(ActivationBound<T> bound, double /*exponent*/, double /*zero_below*/) override {
    gram_ = blocks_.gram();
    push_.assign(bound.push.begin(), bound.push.end());
    for (Index k = 0; k < gram_.cols(); ++k) gram_(k, k) += static_cast<T>(bound.curvature[k]);
    pulls_ = std::move(bound.pulls);
  }

  void update(const FrameBlock<T>& block, const UpdateRequest<T>& request, MatrixView<T> next,
              PassScratch<T>& scratch, PassSums& sums) const override {
    const auto correlation = scratch.h_numerator.view().columns(0, next.cols);
    blocks_.correlate(block, correlation);
    for (Index n = 0; n < next.cols; ++n) {
      for (Index k = 0; k < next.rows; ++k) correlation(k, n) -= push_[k];
      if (next.data != block.h.data) std::copy_n(block.h.column(n), next.rows, next.column(n));
    }
    for (const auto& add_pull : pulls_) add_pull(block.first, correlation);
    sums.violation += kernels::kernel_table<T>().descend(
        {gram_.data(), gram_.stride(), correlation.data, correlation.stride, next.data, next.stride,
         next.rows, next.cols, request.sweeps, scratch.kernels.data()});
  }

  void extrapolate(MatrixView<T> next, MatrixView<T> h_plain, double momentum) const override {
    carry_all_on(next, h_plain, momentum, carry_on_straight<T>);
  }

 private:
  const FrobeniusBlocks<T>& blocks_;
  Matrix<T> gram_;  // W'W and the bound's curvature on its diagonal
  std::vector<T> push_;
  std::vector<typename ActivationBound<T>::AddPull> pulls_;
};

}  // namespace

template <class T>
std::unique_ptr<HUpdate<T>> multiply_rule(const LossBlocks<T>& blocks) {
  return std::make_unique<MultiplyRule<T>>(blocks);
}

template <class T>
std::unique_ptr<HUpdate<T>> descend_rule(const FrobeniusBlocks<T>& blocks) {
  return std::make_unique<DescendRule<T>>(blocks);
}

template <class T>
MultiplySteps<T>::MultiplySteps(ActivationBound<T> bound, double exponent_of_ratio,
                                double zeroed_below)
    : push(bound.push.begin(), bound.push.end()),
      curvature(bound.curvature.begin(), bound.curvature.end()),
      pulls(std::move(bound.pulls)),
      exponent(exponent_of_ratio),
      zero_below(zeroed_below) {}

template <class T>
void multiply_h(MatrixView<T> numerator, MatrixView<const T> denominator,
                const FrameBlock<T>& block, MatrixView<T> h_next, const MultiplySteps<T>& steps) {
  for (const auto& add_pull : steps.pulls) add_pull(block.first, numerator);
  const MatrixView<const T> h = block.h;
  const auto exponent = static_cast<T>(steps.exponent);
  const auto floor = static_cast<T>(steps.zero_below);
  const T* push = steps.push.data();
  const T* curvature = steps.curvature.data();
  for (Index n = 0; n < h.cols; ++n) {
    for (Index k = 0; k < h.rows; ++k) {
      const T old = h(k, n);
      T below = denominator(k, n) + push[k] + curvature[k] * old;
      if (below == 0) below = static_cast<T>(kEpsilon);
      T factor = numerator(k, n) / below;
      if (exponent != 1) factor = std::pow(factor, exponent);
      const T value = old * factor;
      h_next(k, n) = value < floor ? T{0} : value;
    }
  }
}

template std::unique_ptr<HUpdate<float>> multiply_rule(const LossBlocks<float>&);
template std::unique_ptr<HUpdate<double>> multiply_rule(const LossBlocks<double>&);
template std::unique_ptr<HUpdate<float>> descend_rule(const FrobeniusBlocks<float>&);
template std::unique_ptr<HUpdate<double>> descend_rule(const FrobeniusBlocks<double>&);
template struct MultiplySteps<float>;
template struct MultiplySteps<double>;
template void multiply_h(MatrixView<float>, MatrixView<const float>, const FrameBlock<float>&,
                         MatrixView<float>, const MultiplySteps<float>&);
template void multiply_h(MatrixView<double>, MatrixView<const double>, const FrameBlock<double>&,
                         MatrixView<double>, const MultiplySteps<double>&);

}  // namespace partwise::nmf
