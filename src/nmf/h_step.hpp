#pragma once
#include <memory>
#include <nmf/pass_request.hpp>
#include <nmf/pass_sums.hpp>
#include <nmf/problem.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// What a pass found: the sums for an update of W, valid until the next pass, and the divergence
/// that was asked for.
struct PassResult {
  const PassSums* sums = nullptr;
  double divergence = 0;
};

/// The half of a plain iteration that updates H: one pass, or two for convolutive templates.
template <class T>
class HStep {
 public:
  virtual ~HStep() = default;
  /// A new H next to the current one, and the sums for W with it. Ends early, with a result that
  /// means nothing, once the problem is stopped.
  virtual PassResult propose(Measure measure) = 0;
  /// The proposed H becomes the current one.
  virtual void take() = 0;
  /// The sums for W of the factors as they are, and their divergence; never stops.
  virtual PassResult accumulate() = 0;
  /// The divergence of the factors as they are; never stops.
  virtual double measure() = 0;
};

/// For `factors`, which must outlive the step, as the problem. An updated value of H below
/// `zero_below` becomes 0.
template <class T>
[[nodiscard]] std::unique_ptr<HStep<T>> make_h_step(const Problem<T>& problem, Factors<T>& factors,
                                                    double zero_below);

}  // namespace partwise::nmf
