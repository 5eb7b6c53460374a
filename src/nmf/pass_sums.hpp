#pragma once
#include <nmf/loss.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise::nmf {

/// Sums over frames, in double.
struct PassSums {
  Matrix<double> numerator;    ///< [F x K]: V H' for Frobenius, else (V (WH)^(beta-2)) H'
  Matrix<double> denominator;  ///< [F x K]: (WH)^(beta-1) H'; empty for beta 1 and 2
  Matrix<double> gram;         ///< [K x K]: H H', Frobenius only
  std::vector<double> h_sums;  ///< [K]: sums of the rows of H, beta = 1 only
  double objective = 0;
  double violation = 0;  ///< sum of |projected gradient| of H, cd only
};

/// Sums of the shape that an update of W by this loss needs, all zero.
[[nodiscard]] PassSums make_sums(Index bins, Index components, const Loss& loss);
void set_zero(PassSums& sums);
void add_to(PassSums& sums, const PassSums& term);

/// The large ones of PassSums over a few hundred frames, in T: the kernels add to them. Rounding of
/// so few terms is below that of a cell's own model.
template <class T>
struct PartialSums {
  PartialSums(Index bins, Index components, const Loss& loss);
  Matrix<T> numerator, denominator, gram;  ///< empty where those of PassSums are
};

/// Adds the partial sums to `sums` and sets them to zero.
template <class T>
void fold(PartialSums<T>& partial, PassSums& sums);

}  // namespace partwise::nmf
