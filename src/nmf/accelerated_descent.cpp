// Extrapolated HALS: Ang and Gillis, "Accelerating nonnegative matrix factorization algorithms
// using extrapolation", Neural Computation 31(2), 2019, with both factors extrapolated and
// projected (recalled, not compared with the text). Two things differ: the weights are Nesterov's,
// restarted when the objective rises (theirs grow and shrink geometrically; neither took fewer
// passes throughout), and a rise is undone: the next pass starts from the last accepted point and
// is not extrapolated, so that it cannot rise but by rounding.
#include <nmf/accelerated_run.hpp>
#include <nmf/extrapolate.hpp>
#include <nmf/frame_pass.hpp>
#include <nmf/frobenius_objective.hpp>
#include <nmf/w_update.hpp>

namespace partwise::nmf {
namespace {

// Sweeps over a factor for one product with V: each costs K / 2F or K / 2T of a pass. Two took
// longer for 64 components; eight came a sixth to a third sooner for 16 and 64 on four seconds, but
// a sweep of all frames is dearer in time than its count of operations says.
constexpr Index kSweeps = 4;

// H of a start from elsewhere may be far from its optimum for the data.
constexpr Index kSweepsFromElsewhere = 10;

template <class T>
class Descent final : public AcceleratedRun<T> {
 public:
  Descent(const Problem<T>& problem, Factors<T>& factors)
      : problem_(problem),
        factors_(factors),
        pass_(problem, factors.w.cols()),
        h_next_(factors.h.rows(), factors.h.cols()),
        data_squares_(problem.data.sum_of_squares(problem.reducer)) {}

  [[nodiscard]] Index passes() const override { return 1; }

  void begin() override {
    const RunControl never_stops;
    measure(pass_.accumulate({factors_.w, factors_.h}, never_stops), factors_.w, factors_.h);
    accept();
    restart();
  }

  bool iterate() override {
    if (!attempt(factors_.h, kSweeps)) return false;
    if (take()) return true;
    restart();
    if (!attempt(factors_.h, kSweeps)) return false;
    if (take()) return true;
    restart();
    this->settled_ = true;
    return true;
  }

  bool try_other(Factors<T> other) override {
    momentum_.restart();
    w_carried_ = std::move(other.w);
    h_plain_ = other.h;
    if (!attempt(other.h, kSweepsFromElsewhere) || !take()) {
      restart();
      return false;
    }
    return true;
  }

 private:
  /// From the last accepted point, not extrapolated.
  void restart() {
    momentum_.restart();
    w_carried_ = factors_.w;
    h_plain_ = factors_.h;
  }

  /// One pass and W's sweeps, into h_next_ and w_next_. False if it was interrupted.
  bool attempt(MatrixView<const T> h, Index sweeps) {
    UpdateRequest<T> request;
    request.w = w_carried_;
    request.h = h;
    request.h_next = h_next_;
    request.extrapolation = {h_plain_, momentum_.value()};
    request.sweeps = sweeps;
    const PassSums& sums = pass_.update(request, problem_.control);
    if (problem_.stopped()) return false;
    w_next_ = w_carried_;
    for (Index sweep = 0; sweep < kSweeps; ++sweep) {
      update_w(w_next_, sums, problem_, problem_.loss.exponent, 0.0);
    }
    measure(sums, w_next_, h_next_);
    return true;
  }

  void measure(const PassSums& sums, const Matrix<T>& w, const Matrix<T>& h) {
    const auto from_sums = frobenius_objective(sums, w, data_squares_);
    new_divergence_ = from_sums ? *from_sums : pass_.measure({w, h});
    new_objective_ = new_divergence_ + problem_.regularisers.cost(w, h, problem_.reducer);
  }

  void accept() {
    objective_ = new_objective_;
    this->divergence_ = new_divergence_;
  }

  /// Accepts what attempt() made if it is no worse.
  bool take() {
    if (!(new_objective_ <= objective_)) return false;
    accept();
    const auto step = static_cast<T>(momentum_.value());
    for (Index k = 0; k < w_next_.cols(); ++k) {
      for (Index f = 0; f < w_next_.rows(); ++f) {
        w_carried_(f, k) = carry_on_straight(w_next_(f, k), factors_.w(f, k), step);
      }
    }
    factors_.w.swap(w_next_);
    factors_.h.swap(h_next_);
    momentum_.advance();
    return true;
  }

  const Problem<T> problem_;
  Factors<T>& factors_;
  FramePass<T> pass_;
  Matrix<T> h_next_, h_plain_, w_next_, w_carried_;
  Momentum momentum_;
  double data_squares_;
  double objective_ = 0;
  double new_objective_ = 0;
  double new_divergence_ = 0;
};

}  // namespace

template <class T>
std::unique_ptr<AcceleratedRun<T>> accelerated_descent(const Problem<T>& problem,
                                                       Factors<T>& factors) {
  return std::make_unique<Descent<T>>(problem, factors);
}

template std::unique_ptr<AcceleratedRun<float>> accelerated_descent(const Problem<float>&,
                                                                    Factors<float>&);
template std::unique_ptr<AcceleratedRun<double>> accelerated_descent(const Problem<double>&,
                                                                     Factors<double>&);

}  // namespace partwise::nmf
