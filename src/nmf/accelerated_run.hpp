#pragma once
#include <memory>
#include <nmf/problem.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// Accelerated updates of `factors` in place. After begin() and every iteration they and their
/// objective with penalties are what was last accepted: it never rises.
template <class T>
class AcceleratedRun {
 public:
  virtual ~AcceleratedRun() = default;
  /// Measures the factors as they are.
  virtual void begin() = 0;
  /// One iteration: passes() passes over the frames. False, with the factors as they were, if it
  /// was interrupted.
  virtual bool iterate() = 0;
  /// Goes over to `other` if its objective (for Frobenius, after one pass) is no higher.
  virtual bool try_other(Factors<T> other) = 0;
  [[nodiscard]] virtual Index passes() const = 0;
  [[nodiscard]] double divergence() const { return divergence_; }
  /// No update lowers the objective any more: what is left is rounding.
  [[nodiscard]] bool settled() const { return settled_; }

 protected:
  double divergence_ = 0;
  bool settled_ = false;
};

/// Extrapolated HALS for coordinate descent, else extrapolated multiplicative updates.
template <class T>
[[nodiscard]] std::unique_ptr<AcceleratedRun<T>> accelerated_run(const Problem<T>& problem,
                                                                 Factors<T>& factors);

template <class T>
[[nodiscard]] std::unique_ptr<AcceleratedRun<T>> accelerated_descent(const Problem<T>& problem,
                                                                     Factors<T>& factors);
template <class T>
[[nodiscard]] std::unique_ptr<AcceleratedRun<T>> accelerated_multiplication(
    const Problem<T>& problem, Factors<T>& factors);

}  // namespace partwise::nmf
