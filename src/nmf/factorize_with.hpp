#pragma once
#include <kernels/bf16_kernels.hpp>
#include <memory>
#include <partwise/data_source.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// The arguments of factorize().
template <class T>
struct FactorizeCall {
  std::shared_ptr<const DataSource<T>> v;
  FactorizeOptions options;
  const Factors<T>* given = nullptr;
  Reducer& reducer;
  const RunControl& control;
  IterationCallback on_iteration = {};
};

/// factorize() with the kernels named that ProductPrecision::bf16 multiplies with; null: there are
/// none. Tests give those in software.
template <class T>
[[nodiscard]] FactorizeResult<T> factorize_with(const kernels::Bf16Kernels* bf16,
                                                const FactorizeCall<T>& call);

}  // namespace partwise::nmf
