#pragma once
#include <nmf/loss.hpp>
#include <nmf/scaled_data.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise::nmf {

/// Neighbouring bins taken together: the lowest ones alone, then a fixed number of bands an octave.
/// A factorization of bands costs a tenth, and its H is nearly that of the bins.
class Bands {
 public:
  explicit Bands(Index bins);

  [[nodiscard]] Index bins() const { return edges_.back(); }
  [[nodiscard]] Index count() const { return static_cast<Index>(edges_.size()) - 1; }

  /// Bands of the columns of m [F x n]. Kullback-Leibler: sums, whose divergence is a lower bound
  /// of the bins'. Frobenius: sums over the root of the number of bins, a projection.
  template <class T>
  [[nodiscard]] Matrix<T> of(MatrixView<const T> m, const Loss& loss) const;
  /// The same of frames [first, first + count).
  template <class T>
  [[nodiscard]] Matrix<T> of(const ScaledData<T>& data, Index first, Index count,
                             const Loss& loss) const;
  /// The W [F x K] that has these bands and, within a band, the shape that w has; flat where it has
  /// none.
  template <class T>
  void spread(const Matrix<T>& bands, const Loss& loss, Matrix<T>& w) const;

 private:
  template <class T>
  void column_of(const T* from, const Loss& loss, T* to) const;
  [[nodiscard]] double weight(Index band, const Loss& loss) const;

  std::vector<Index> edges_;
};

}  // namespace partwise::nmf
