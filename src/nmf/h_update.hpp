#pragma once
#include <nmf/loss.hpp>
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// One sweep of coordinate descent over a block of H [K x B], in place (Cichocki and Phan 2009,
/// alg. 2; Gauss-Seidel over components, as scikit-learn). gram [K x K] = W'W + l2 I, correlation
/// [K x B] = W'V - l1. `gradient` is scratch of K. Returns the sum of |projected gradient| met on
/// the way.
template <class T>
double descend_h(MatrixView<const T> gram, MatrixView<const T> correlation, MatrixView<T> h,
                 T* gradient);

/// h_next = h * (numerator / (denominator + l1 + l2 h))^exponent, 0 denominators counting as
/// kEpsilon and results below `zero_below` as 0. All [K x B].
template <class T>
void multiply_h(MatrixView<const T> numerator, MatrixView<const T> denominator,
                MatrixView<const T> h, MatrixView<T> h_next, const Loss& loss, double zero_below);

}  // namespace partwise::nmf
