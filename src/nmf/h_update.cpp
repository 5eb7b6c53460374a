#include <algorithm>
#include <cmath>
#include <kernels/kernel_table.hpp>
#include <nmf/extrapolate.hpp>
#include <nmf/h_update.hpp>

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

  void begin(const Loss& loss) override { loss_ = loss; }

  void update(const FrameBlock<T>& block, const UpdateRequest<T>& request, MatrixView<T> next,
              PassScratch<T>& scratch, PassSums& sums) const override {
    const auto numerator = scratch.h_numerator.view().columns(0, next.cols);
    const auto denominator = scratch.h_denominator.view().columns(0, next.cols);
    sums.objective +=
        blocks_.ratio(block, request.measure == Measure::before, numerator, denominator, scratch);
    multiply_h<T>(numerator, denominator, block.h, next, loss_, request.zero_below);
  }

  void extrapolate(MatrixView<T> next, MatrixView<T> h_plain, double momentum) const override {
    carry_all_on(next, h_plain, momentum, carry_on_growth<T>);
  }

 private:
  const LossBlocks<T>& blocks_;
  Loss loss_;
};

template <class T>
class DescendRule final : public HUpdate<T> {
 public:
  explicit DescendRule(const FrobeniusBlocks<T>& blocks) : blocks_(blocks) {}

  void begin(const Loss& loss) override {
    l1_ = static_cast<T>(loss.penalties.l1_h);
    gram_ = blocks_.gram();
    for (Index k = 0; k < gram_.cols(); ++k) gram_(k, k) += static_cast<T>(loss.penalties.l2_h);
  }

  void update(const FrameBlock<T>& block, const UpdateRequest<T>& request, MatrixView<T> next,
              PassScratch<T>& scratch, PassSums& sums) const override {
    const auto correlation = scratch.h_numerator.view().columns(0, next.cols);
    blocks_.correlate(block, correlation);
    for (Index n = 0; n < next.cols; ++n) {
      if (l1_ != 0) {
        for (T& value : correlation.column_span(n)) value -= l1_;
      }
      if (next.data != block.h.data) std::copy_n(block.h.column(n), next.rows, next.column(n));
    }
    sums.violation += kernels::kernel_table<T>().descend(
        {gram_.data(), gram_.stride(), correlation.data, correlation.stride, next.data, next.stride,
         next.rows, next.cols, request.sweeps, scratch.kernels.data()});
  }

  void extrapolate(MatrixView<T> next, MatrixView<T> h_plain, double momentum) const override {
    carry_all_on(next, h_plain, momentum, carry_on_straight<T>);
  }

 private:
  const FrobeniusBlocks<T>& blocks_;
  T l1_ = 0;
  Matrix<T> gram_;  // W'W + l2 I
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
void multiply_h(MatrixView<const T> numerator, MatrixView<const T> denominator,
                MatrixView<const T> h, MatrixView<T> h_next, const Loss& loss, double zero_below) {
  const auto l1 = static_cast<T>(loss.penalties.l1_h);
  const auto l2 = static_cast<T>(loss.penalties.l2_h);
  const auto floor = static_cast<T>(zero_below);
  for (Index n = 0; n < h.cols; ++n) {
    for (Index k = 0; k < h.rows; ++k) {
      const T old = h(k, n);
      T below = denominator(k, n) + l1 + l2 * old;
      if (below == 0) below = static_cast<T>(kEpsilon);
      T factor = numerator(k, n) / below;
      if (loss.exponent != 1) factor = std::pow(factor, static_cast<T>(loss.exponent));
      const T value = old * factor;
      h_next(k, n) = value < floor ? T{0} : value;
    }
  }
}

template std::unique_ptr<HUpdate<float>> multiply_rule(const LossBlocks<float>&);
template std::unique_ptr<HUpdate<double>> multiply_rule(const LossBlocks<double>&);
template std::unique_ptr<HUpdate<float>> descend_rule(const FrobeniusBlocks<float>&);
template std::unique_ptr<HUpdate<double>> descend_rule(const FrobeniusBlocks<double>&);
template void multiply_h(MatrixView<const float>, MatrixView<const float>, MatrixView<const float>,
                         MatrixView<float>, const Loss&, double);
template void multiply_h(MatrixView<const double>, MatrixView<const double>,
                         MatrixView<const double>, MatrixView<double>, const Loss&, double);

}  // namespace partwise::nmf
