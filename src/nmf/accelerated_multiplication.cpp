// Extrapolated multiplicative updates, in the manner of Hien, Leplat and Gillis, "Block
// majorization minimization with extrapolation and application to beta-NMF", 2024 (recalled, not
// compared with the text): the update is made at the extrapolated point. Theirs is proved for beta
// in [1, 2] with bounded weights; here the objective is watched instead, since its logarithm costs
// as much as half an update: once in kPasses passes, and a rise is undone.
#include <nmf/accelerated_run.hpp>
#include <nmf/extrapolate.hpp>
#include <nmf/frame_pass.hpp>
#include <nmf/w_update.hpp>
#include <optional>

namespace partwise::nmf {
namespace {

// Updates of both factors between two looks at the objective.
constexpr Index kPasses = 4;

// Outside [1, 2] the exponent that is proved to be monotone is below 1, and 1 is nearly always down
// as well and took a tenth (16 and 64 components) to a third (6) fewer passes for Itakura-Saito.
// After so many rises it is given up.
constexpr int kRisesToGiveUp = 3;

template <class T>
bool is_finite(const Matrix<T>& m) {
  for (Index c = 0; c < m.cols(); ++c) {
    T sum = 0;  // of zeros, or of what is not finite
    for (const T x : m.view().column_span(c)) sum += x * T{0};
    if (sum != 0) return false;
  }
  return true;
}

/// In all processes.
template <class T>
bool are_finite(const Factors<T>& factors, Reducer& reducer) {
  const bool bad = !is_finite(factors.w) || !is_finite(factors.h);
  return reducer.reduce(bad ? 1.0 : 0.0, Reduction::max) == 0;
}

template <class T>
class Multiplication final : public AcceleratedRun<T> {
 public:
  Multiplication(const Problem<T>& problem, Factors<T>& factors)
      : problem_(problem),
        exponent_w_(problem.loss.exponent),
        factors_(factors),
        pass_(problem, factors.w.cols()),
        h_next_(factors.h.rows(), factors.h.cols()) {}

  [[nodiscard]] Index passes() const override { return kPasses; }

  void begin() override {
    this->divergence_ = pass_.measure({factors_.w, factors_.h});
    objective_ = with_penalty(this->divergence_);
    restart();
  }

  bool iterate() override {
    kept_ = factors_;
    for (const bool carried : {true, false}) {
      use_full_steps(carried && rises_ < kRisesToGiveUp);
      if (!carried) restart();
      const auto divergence = some_updates(carried);
      if (divergence && accept(*divergence)) return true;
      go_back();
      if (!divergence) return false;
      ++rises_;
    }
    this->settled_ = true;
    return true;
  }

  bool try_other(Factors<T> other) override {
    kept_ = std::move(factors_);
    factors_ = std::move(other);
    restart();
    propose(Measure::before);
    if (!problem_.stopped() && accept(sums_->objective)) return true;
    go_back();
    return false;
  }

 private:
  double with_penalty(double divergence) const {
    return divergence + problem_.regularisers.cost(factors_.w, factors_.h, problem_.reducer);
  }

  void use_full_steps(bool full) {
    exponent_w_ = full ? 1.0 : problem_.loss.exponent;
    pass_.use_exponent(full ? 1.0 : pass_.safe_exponent());
  }

  void restart() {
    momentum_.restart();
    w_plain_ = factors_.w;
    h_plain_ = factors_.h;
    sums_ = nullptr;
  }

  void go_back() {
    factors_ = kept_;  // which may be needed again
    restart();
  }

  bool accept(double divergence) {
    const double objective = with_penalty(divergence);
    // The steepest powers overflow, and the powers of what is no number may be numbers again.
    if (!(objective <= objective_) || !are_finite(factors_, problem_.reducer)) return false;
    objective_ = objective;
    this->divergence_ = divergence;
    return true;
  }

  /// kPasses updates. What they lead to, or nothing if they were interrupted.
  std::optional<double> some_updates(bool carried) {
    if (sums_ == nullptr) propose(Measure::nothing);
    for (Index pass = 1; pass <= kPasses; ++pass) {
      if (problem_.stopped()) return std::nullopt;
      step(carried);
      propose(pass == kPasses ? Measure::before : Measure::nothing);
    }
    if (problem_.stopped()) return std::nullopt;
    return sums_->objective;
  }

  /// A pass from the factors as they are: H's next point and the sums for W.
  void propose(Measure measure) {
    UpdateRequest<T> request;
    request.w = factors_.w;
    request.h = factors_.h;
    request.h_next = h_next_;
    request.extrapolation = {h_plain_, momentum_.value()};
    request.measure = measure;
    request.zero_below = problem_.loss.zero_first_below;
    sums_ = &pass_.update(request, problem_.control);
  }

  void step(bool carried) {
    Matrix<T> w = factors_.w;
    update_w(w, *sums_, problem_, exponent_w_, problem_.loss.zero_second_below);
    const auto momentum = static_cast<T>(momentum_.value());
    for (Index k = 0; k < w.cols(); ++k) {
      if (!problem_.fixed_columns.empty() && problem_.fixed_columns[k]) continue;
      for (Index f = 0; f < w.rows(); ++f) {
        factors_.w(f, k) = carry_on_growth(w(f, k), w_plain_(f, k), momentum);
      }
    }
    w_plain_.swap(w);
    factors_.h.swap(h_next_);
    if (carried) momentum_.advance();
  }

  const Problem<T> problem_;
  double exponent_w_;
  Factors<T>& factors_;
  FramePass<T> pass_;
  Factors<T> kept_;
  Matrix<T> h_next_, h_plain_, w_plain_;
  Momentum momentum_;
  const PassSums* sums_ = nullptr;  // of a pass from the factors as they are
  double objective_ = 0;
  int rises_ = 0;
};

}  // namespace

template <class T>
std::unique_ptr<AcceleratedRun<T>> accelerated_multiplication(const Problem<T>& problem,
                                                              Factors<T>& factors) {
  return std::make_unique<Multiplication<T>>(problem, factors);
}

template std::unique_ptr<AcceleratedRun<float>> accelerated_multiplication(const Problem<float>&,
                                                                           Factors<float>&);
template std::unique_ptr<AcceleratedRun<double>> accelerated_multiplication(const Problem<double>&,
                                                                            Factors<double>&);

}  // namespace partwise::nmf
