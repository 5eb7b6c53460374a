#pragma once
#include <nmf/solver.hpp>

namespace partwise::nmf {

/// As solve(), by accelerated updates: the first iteration learns W coarsely where the data are
/// large enough and goes over to it if that is no worse than the start; the others update both
/// factors, for Frobenius once, else four times. After `before` nothing is learned coarsely.
template <class T>
SolverOutcome solve_fast(const Problem<T>& problem, const FactorizeOptions& options,
                         Factors<T>& factors, const IterationCallback& on_iteration,
                         const SolverOutcome* before = nullptr);

}  // namespace partwise::nmf
