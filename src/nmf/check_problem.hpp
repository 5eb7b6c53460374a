#pragma once
#include <nmf/factorize_with.hpp>

namespace partwise::nmf {

/// Throws Error(usage) for options out of range or that do not fit the problem, and
/// Error(malformed) in all processes for a weight that is none.
template <class T>
void check_problem(const FactorizeCall<T>& call);

}  // namespace partwise::nmf
