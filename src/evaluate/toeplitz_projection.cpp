// The normal equations G c = b of a projection onto delayed signals are block Toeplitz: G[(a, i),
// (b, j)] = r_ij(a - b). The generalized Schur algorithm (Kailath and Sayed 1995) makes the columns
// of G's Cholesky factor one after the other in O(n) each, so that L y = b is solved beside and
// neither G nor L is ever stored: ||P x||^2 = b' G^-1 b = ||y||^2.
#include <algorithm>
#include <cmath>
#include <evaluate/toeplitz_projection.hpp>
#include <optional>

namespace partwise {
namespace {

constexpr Index kTaps = SignalSums::kTaps;

/// Factorizes G and solves L y = b for several b at once.
class SchurSolver {
 public:
  /// `ridge` is added to the diagonal of G.
  SchurSolver(const SignalSums& sums, std::span<const Index> references, double ridge)
      : block_(static_cast<Index>(references.size())),
        size_(block_ * kTaps),
        positive_(size_, block_),
        negative_(size_, block_),
        reflection_(static_cast<std::size_t>(block_)),
        projected_(static_cast<std::size_t>(size_)) {
    for (Index j = 0; j < block_; ++j) {
      for (Index i = 0; i < block_; ++i) {
        const auto r = sums.correlation(references[i], references[j]);
        for (Index lag = 0; lag < kTaps; ++lag) positive_(lag * block_ + i, j) = r[lag];
      }
      positive_(j, j) += ridge;
    }
  }

  /// ||y||^2 for each column b of `sides`, which are overwritten; nothing where G is, in these
  /// numbers, not positive definite.
  std::optional<std::vector<double>> run(Matrix<double>& sides) {
    if (!start()) return {};
    std::vector<double> energies(static_cast<std::size_t>(sides.cols()));
    for (Index step = 0; step < kTaps; ++step) {
      for (Index i = 0; i < block_; ++i) {
        const Index row = step * block_ + i;
        if (step > 0 && !remove_negative(row, i, step * block_)) return {};
        substitute(row, i, step * block_, sides, energies);
      }
    }
    return energies;
  }

 private:
  /// The generators of G - Z G Z': the first block column times the inverse transpose of the
  /// Cholesky factor of its top, and the same without its top.
  bool start() {
    for (Index j = 0; j < block_; ++j) {
      const double pivot = positive_(j, j);
      if (!(pivot > 0)) return false;
      const double scale = 1 / std::sqrt(pivot);
      double* column = positive_.column(j);
      for (Index r = 0; r < size_; ++r) column[r] *= scale;
      for (Index i = 0; i < j; ++i) column[i] = 0;
      for (Index k = j + 1; k < block_; ++k) {
        const double factor = column[k];
        double* other = positive_.column(k);
        for (Index r = 0; r < size_; ++r) other[r] -= factor * column[r];
      }
    }
    for (Index j = 0; j < block_; ++j) {
      std::copy(positive_.column(j) + block_, positive_.column(j) + size_,
                negative_.column(j) + block_);
    }
    return true;
  }

  /// A reflection of the negative generators that leaves row `row` in the first of them alone.
  void gather_negative(Index row) {
    double norm = 0;
    for (Index k = 0; k < block_; ++k) {
      reflection_[k] = negative_(row, k);
      norm += reflection_[k] * reflection_[k];
    }
    if (block_ == 1 || norm == 0) return;
    reflection_[0] += std::copysign(std::sqrt(norm), reflection_[0]);
    double squares = 0;
    for (const double value : reflection_) squares += value * value;
    double* __restrict projected = projected_.data();
    std::fill(projected_.begin() + row, projected_.end(), 0.0);
    for (Index k = 0; k < block_; ++k) {
      const double* __restrict column = negative_.column(k);
      const double factor = 2 * reflection_[k] / squares;
      for (Index r = row; r < size_; ++r) projected[r] += factor * column[r];
    }
    for (Index k = 0; k < block_; ++k) {
      double* __restrict column = negative_.column(k);
      const double factor = reflection_[k];
      for (Index r = row; r < size_; ++r) column[r] -= factor * projected[r];
    }
  }

  /// A hyperbolic rotation, in its mixed form, that is stable (Bojanczyk et al. 1987), clears the
  /// row of the negative generators. The positive ones are stored `shift` rows above where they
  /// stand.
  bool remove_negative(Index row, Index column, Index shift) {
    gather_negative(row);
    double* __restrict a = positive_.column(column);
    double* __restrict b = negative_.column(0);
    const double ratio = b[row] / a[row - shift];
    const double rest = (1 - ratio) * (1 + ratio);
    if (!(rest > 0)) return false;
    const double root = std::sqrt(rest), inverse = 1 / root;
    for (Index r = row; r < size_; ++r) {
      const double rotated = (a[r - shift] - ratio * b[r]) * inverse;
      a[r - shift] = rotated;
      b[r] = root * b[r] - ratio * rotated;
    }
    return true;
  }

  void substitute(Index row, Index column, Index shift, Matrix<double>& sides,
                  std::vector<double>& energies) {
    const double* __restrict l = positive_.column(column);
    for (Index s = 0; s < sides.cols(); ++s) {
      double* __restrict side = sides.column(s);
      const double y = side[row] / l[row - shift];
      energies[s] += y * y;
      for (Index r = row + 1; r < size_; ++r) side[r] -= y * l[r - shift];
    }
  }

  Index block_;
  Index size_;
  Matrix<double> positive_;
  Matrix<double> negative_;
  std::vector<double> reflection_;
  std::vector<double> projected_;
};

Matrix<double> right_sides(const SignalSums& sums, std::span<const Index> references,
                           std::span<const std::vector<Index>> signals) {
  const auto block = static_cast<Index>(references.size());
  Matrix<double> sides(block * kTaps, static_cast<Index>(signals.size()));
  for (Index s = 0; s < sides.cols(); ++s) {
    for (const Index signal : signals[s]) {
      for (Index i = 0; i < block; ++i) {
        const auto r = sums.correlation(references[i], signal);
        for (Index lag = 0; lag < kTaps; ++lag) sides(lag * block + i, s) += r[lag];
      }
    }
  }
  return sides;
}

}  // namespace

std::vector<double> projected_energies(const SignalSums& sums, std::span<const Index> references,
                                       std::span<const std::vector<Index>> signals) {
  if (references.empty()) return std::vector<double>(signals.size());
  double largest = 0;
  for (const Index i : references) largest = std::max(largest, sums.mono_product(i, i));
  // References that are copies of one another, or hold next to nothing over most of the spectrum,
  // make G singular in double precision. A ridge then stands for a noise so far below them.
  constexpr double kFirstRidge = 1e-15, kRidgeStep = 10, kLastRidge = 1;
  const Matrix<double> sides = right_sides(sums, references, signals);
  for (double ridge = 0; ridge <= kLastRidge;
       ridge = ridge == 0 ? kFirstRidge : kRidgeStep * ridge) {
    Matrix<double> work = sides;
    if (auto energies = SchurSolver(sums, references, ridge * largest).run(work)) return *energies;
  }
  return std::vector<double>(signals.size());  // references of denormal numbers: as good as silent
}

}  // namespace partwise
