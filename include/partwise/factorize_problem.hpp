#pragma once
#include <cstdint>
#include <memory>
#include <partwise/factorize.hpp>

namespace partwise {

/// What factorize() is to approximate, where it is more than a matrix.
template <class T>
struct FactorizeProblem {
  std::shared_ptr<const DataSource<T>> v;  ///< [F x T]
  /// [F x T] or null: how much each cell counts in the divergence, finite and 0 or more; 1 is as
  /// usual. A cell of weight 0 has no influence, whatever V holds there (it must still be finite
  /// and 0 or more). A frame without any weight gets no activation but for regularisers.
  std::shared_ptr<const DataSource<T>> weights;
  /// [F x K L] and [K x T], or without data: entries of W and H that are 0 here stay 0.
  MatrixView<const std::uint8_t> w_support, h_support;
};

/// factorize() of such a problem. With weights or a support the solvers are mu and fast, of
/// multiplicative updates for any beta and without the coarse stages; weighted passes are plain
/// loops, several times slower. Throws Error(usage) if the shapes differ or for the solver cd or
/// products in bf16, Error(malformed) if a weight is negative or not finite; else as factorize().
template <class T>
[[nodiscard]] FactorizeResult<T> factorize(const FactorizeProblem<T>& problem,
                                           const FactorizeOptions& options, const Factors<T>* given,
                                           Reducer& reducer, const RunControl& control,
                                           const IterationCallback& on_iteration = {});

}  // namespace partwise
