#pragma once
#include <kernels/bf16_kernels.hpp>
#include <partwise/factorize_problem.hpp>

namespace partwise::nmf {

/// The arguments of factorize().
template <class T>
struct FactorizeCall {
  FactorizeProblem<T> problem;
  FactorizeOptions options;
  const Factors<T>* given = nullptr;
  Reducer& reducer;
  const RunControl& control;
  IterationCallback on_iteration = {};

  [[nodiscard]] const DataSource<T>& v() const { return *problem.v; }
  /// Neither weights nor supports.
  [[nodiscard]] bool plain_cells() const {
    return !problem.weights && problem.w_support.data == nullptr &&
           problem.h_support.data == nullptr;
  }
};

/// factorize() with the kernels named that ProductPrecision::bf16 multiplies with; null: there are
/// none. Tests give those in software.
template <class T>
[[nodiscard]] FactorizeResult<T> factorize_with(const kernels::Bf16Kernels* bf16,
                                                const FactorizeCall<T>& asked);

}  // namespace partwise::nmf
