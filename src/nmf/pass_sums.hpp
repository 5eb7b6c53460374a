#pragma once
#include <nmf/loss.hpp>
#include <partwise/matrix.hpp>
#include <span>

namespace partwise::nmf {

/// Sums over frames, in double, of the shape that an update of W by a loss needs; zero at first.
/// All lie in one array, so that one message adds them over processes. Movable.
class PassSums {
 public:
  PassSums(Index bins, Index components, const Loss& loss);
  PassSums(PassSums&&) = default;

  MatrixView<double> numerator;    ///< [F x K]: V H' for Frobenius, else (V (WH)^(beta-2)) H'
  MatrixView<double> denominator;  ///< [F x K]: (WH)^(beta-1) H'; empty for beta 1 and 2
  MatrixView<double> gram;         ///< [K x K]: H H', Frobenius only
  std::span<double> h_sums;        ///< [K]: sums of the rows of H, beta = 1 only
  double& objective;
  double& violation;  ///< sum of |projected gradient| of H, cd only

  void set_zero() { values_.set_zero(); }
  /// All values; or objective and violation alone.
  [[nodiscard]] std::span<double> all() {
    return {values_.data(), static_cast<std::size_t>(values_.rows())};
  }
  [[nodiscard]] std::span<double> scalars() { return all().first(kScalars); }
  [[nodiscard]] std::span<const double> all() const {
    return {values_.data(), static_cast<std::size_t>(values_.rows())};
  }

 private:
  static constexpr std::size_t kScalars = 2;
  PassSums(Index bins, Index components, const Loss& loss, Matrix<double> values);

  Matrix<double> values_;  // [n x 1]
};

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
