#include <cmath>
#include <nmf/regulariser.hpp>

namespace partwise::nmf {
namespace {

template <class T>
double cost_of_factor(const Matrix<T>& factor, double l1, double l2) {
  if (l1 == 0 && l2 == 0) return 0;
  double sum = 0, squares = 0;
  for (Index c = 0; c < factor.cols(); ++c) {
    for (const T value : factor.view().column_span(c)) {
      const auto x = static_cast<double>(value);
      sum += x;
      squares += x * x;
    }
  }
  return l1 * sum + l2 / 2 * squares;
}

void add(FactorBound& bound, double l1, double l2) {
  for (double& push : bound.push) push += l1;
  for (double& curvature : bound.curvature) curvature += l2;
}

/// l1 sum(x) + l2/2 sum(x^2) over W and H: its own bound.
template <class T>
class PenaltyTerm final : public Regulariser<T> {
 public:
  explicit PenaltyTerm(const Penalties& weights) : weights_(weights) {}

  [[nodiscard]] double cost(const Matrix<T>& w, const Matrix<T>& h,
                            Reducer& reducer) const override {
    return cost_of_factor(w, weights_.l1_w, weights_.l2_w) +
           reducer.reduce(cost_of_factor(h, weights_.l1_h, weights_.l2_h));
  }
  void bound_w(FactorBound& bound) const override { add(bound, weights_.l1_w, weights_.l2_w); }
  void bound_h(MatrixView<const T> /*h*/, ActivationBound<T>& bound) const override {
    add(bound, weights_.l1_h, weights_.l2_h);
  }
  /// Coordinate descent stops by a sum of gradients of W and of H, which scale differently: at
  /// another scale a run could end an iteration sooner or later.
  [[nodiscard]] bool keeps_scale() const override { return true; }
  [[nodiscard]] std::shared_ptr<const Regulariser<T>> at_level(Index stride) const override {
    const auto share = static_cast<double>(stride);  // H has fewer frames itself
    return penalty_term<T>(
        {weights_.l1_w / share, weights_.l2_w / share, weights_.l1_h, weights_.l2_h});
  }
  [[nodiscard]] std::shared_ptr<const Regulariser<T>> scaled(int exponent,
                                                             double beta) const override {
    const auto times = [exponent](double weight, double power) {
      return weight * std::exp2(power * exponent);
    };
    return penalty_term<T>({times(weights_.l1_w, beta), times(weights_.l2_w, beta),
                            times(weights_.l1_h, beta - 1), times(weights_.l2_h, beta - 2)});
  }

 private:
  Penalties weights_;
};

}  // namespace

template <class T>
std::shared_ptr<const Regulariser<T>> penalty_term(const Penalties& penalties) {
  const auto& [l1_w, l2_w, l1_h, l2_h] = penalties;
  if (l1_w == 0 && l2_w == 0 && l1_h == 0 && l2_h == 0) return nullptr;
  return std::make_shared<PenaltyTerm<T>>(penalties);
}

template std::shared_ptr<const Regulariser<float>> penalty_term(const Penalties&);
template std::shared_ptr<const Regulariser<double>> penalty_term(const Penalties&);

}  // namespace partwise::nmf
