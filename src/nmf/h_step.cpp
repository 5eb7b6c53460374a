#include <nmf/frame_pass.hpp>
#include <nmf/h_step.hpp>
#include <nmf/h_update.hpp>
#include <nmf/shifts.hpp>

namespace partwise::nmf {
namespace {

template <class T>
class OneFrameStep final : public HStep<T> {
 public:
  OneFrameStep(const Problem<T>& problem, Factors<T>& factors, double zero_below)
      : problem_(problem),
        factors_(factors),
        zero_below_(zero_below),
        pass_(problem, factors.w.cols()),
        h_next_(factors.h.rows(), factors.h.cols()) {}

  PassResult propose(Measure measure) override {
    UpdateRequest<T> request;
    request.w = factors_.w;
    request.h = factors_.h;
    request.h_next = h_next_;
    request.zero_below = zero_below_;
    request.measure = measure;
    const PassSums& sums = pass_.update(request, problem_.control);
    return {&sums, sums.objective};
  }

  void take() override { factors_.h.swap(h_next_); }

  PassResult accumulate() override {
    const RunControl never_stops;
    const PassSums& sums =
        pass_.accumulate({factors_.w, factors_.h, /*measure=*/true}, never_stops);
    return {&sums, sums.objective};
  }

  double measure() override { return pass_.measure({factors_.w, factors_.h}); }

 private:
  const Problem<T> problem_;
  Factors<T>& factors_;
  double zero_below_;
  FramePass<T> pass_;
  Matrix<T> h_next_;
};

/// An activation acts on several frames: its new value needs sums over all of them, and the sums
/// for W need the new values, so that two passes do it.
template <class T>
class ConvolutiveStep final : public HStep<T> {
 public:
  ConvolutiveStep(const Problem<T>& problem, Factors<T>& factors, double zero_below)
      : problem_(problem),
        factors_(factors),
        zero_below_(zero_below),
        pass_(problem, factors.w.cols()),
        h_next_(factors.h.rows(), factors.h.cols()),
        numerator_(factors.h.rows(), factors.h.cols()),
        denominator_(factors.h.rows(), factors.h.cols()),
        shifted_(factors.w.cols(), factors.h.cols()),
        shifted_next_(factors.w.cols(), factors.h.cols()),
        shifted_numerator_(factors.w.cols(), factors.h.cols()),
        shifted_denominator_(factors.w.cols(), factors.h.cols()) {
    shift_activations<T>(factors.h, shifted_);
  }

  PassResult propose(Measure measure) override {
    PassResult result;
    result.divergence = pass_.ratio({factors_.w, shifted_, shifted_numerator_, shifted_denominator_,
                                     measure == Measure::before},
                                    problem_.control);
    fold_shifts<T>(shifted_numerator_, numerator_);
    fold_shifts<T>(shifted_denominator_, denominator_);
    multiply_h<T>(numerator_, denominator_, {{}, factors_.h}, h_next_,
                  {problem_.regularisers.bound_h(factors_.h), pass_.safe_exponent(), zero_below_});
    shift_activations<T>(h_next_, shifted_next_);
    result.sums =
        &pass_.accumulate({factors_.w, shifted_next_, measure == Measure::after}, problem_.control);
    if (measure == Measure::after) result.divergence = result.sums->objective;
    return result;
  }

  void take() override {
    factors_.h.swap(h_next_);
    shifted_.swap(shifted_next_);
  }

  PassResult accumulate() override {
    const RunControl never_stops;
    const PassSums& sums = pass_.accumulate({factors_.w, shifted_, /*measure=*/true}, never_stops);
    return {&sums, sums.objective};
  }

  double measure() override { return pass_.measure({factors_.w, shifted_}); }

 private:
  const Problem<T> problem_;
  Factors<T>& factors_;
  double zero_below_;
  FramePass<T> pass_;
  Matrix<T> h_next_;
  Matrix<T> numerator_, denominator_;
  // H with its shifts, now and after the update, and the terms of its ratio shift by shift.
  Matrix<T> shifted_, shifted_next_, shifted_numerator_, shifted_denominator_;
};

}  // namespace

template <class T>
std::unique_ptr<HStep<T>> make_h_step(const Problem<T>& problem, Factors<T>& factors,
                                      double zero_below) {
  const bool convolutive = factors.w.cols() != factors.h.rows();
  if (convolutive) return std::make_unique<ConvolutiveStep<T>>(problem, factors, zero_below);
  return std::make_unique<OneFrameStep<T>>(problem, factors, zero_below);
}

template std::unique_ptr<HStep<float>> make_h_step(const Problem<float>&, Factors<float>&, double);
template std::unique_ptr<HStep<double>> make_h_step(const Problem<double>&, Factors<double>&,
                                                    double);

}  // namespace partwise::nmf
