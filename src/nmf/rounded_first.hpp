#pragma once
#include <functional>
#include <kernels/bf16_kernels.hpp>
#include <nmf/scaled_data.hpp>
#include <nmf/solver.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// A solver on these data: from the start, or on from where `before` ended.
using SolveStage = std::function<SolverOutcome(const ScaledData<float>&, const FactorizeOptions&,
                                               const SolverOutcome* before)>;

/// Solves on data rounded to bf16 until the solver would stop, and then on the data themselves
/// until it stops again. The iterations of both count against options.max_iterations, and the first
/// leave some to the second. The objective is that of the rounded data up to the last iteration on
/// them, whose place the data's own takes.
[[nodiscard]] SolverOutcome solve_rounded_first(const ScaledData<float>& data,
                                                const kernels::Bf16Kernels& kernels,
                                                const FactorizeOptions& options, Reducer& reducer,
                                                const SolveStage& solve);

}  // namespace partwise::nmf
