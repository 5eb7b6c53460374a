#pragma once
#include <kernels/bf16_kernels.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// factorize() with the kernels named that ProductPrecision::bf16 multiplies with; null: there are
/// none. Tests give those in software.
template <class T>
[[nodiscard]] FactorizeResult<T> factorize_with(const kernels::Bf16Kernels* bf16,
                                                MatrixView<const T> v,
                                                const FactorizeOptions& options,
                                                const Factors<T>* given, Reducer& reducer,
                                                const RunControl& control,
                                                const IterationCallback& on_iteration = {});

}  // namespace partwise::nmf
