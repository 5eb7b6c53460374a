#pragma once
#include <nmf/loss.hpp>
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// `sweeps` sweeps of coordinate descent over a block of H [K x B] into h_next, which may be h
/// (Cichocki and Phan 2009, alg. 2; Gauss-Seidel over components, as scikit-learn). gram [K x K] =
/// W'W + l2 I. correlation [K x B] = W'V is lowered by l1. `scratch` as kernels::DescendArgs asks.
/// Returns the sum of |projected gradient| that the first sweep met.
template <class T>
double descend_h(const Matrix<T>& gram, MatrixView<T> correlation, MatrixView<const T> h,
                 MatrixView<T> h_next, double l1, Index sweeps, T* scratch);

/// One step beyond an update by the loss's rule (extrapolate.hpp): h_next is carried on from
/// h_plain, which becomes the h_next that came in. Both [K x B].
template <class T>
void extrapolate_h(MatrixView<T> h_next, MatrixView<T> h_plain, double momentum, const Loss& loss);

/// h_next = h * (numerator / (denominator + l1 + l2 h))^exponent, 0 denominators counting as
/// kEpsilon and results below `zero_below` as 0. All [K x B].
template <class T>
void multiply_h(MatrixView<const T> numerator, MatrixView<const T> denominator,
                MatrixView<const T> h, MatrixView<T> h_next, const Loss& loss, double zero_below);

}  // namespace partwise::nmf
