#pragma once
#include <memory>
#include <partwise/data_source.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>

namespace partwise::nmf {

class RoundedData;

/// The frames of V as the solver sees them: scaled by a power of two. A value that shares its
/// source.
template <class T>
class ScaledData {
 public:
  /// Cells are v * 2^exponent, and count as at least `floor`.
  ScaledData(std::shared_ptr<const DataSource<T>> source, int exponent, T floor)
      : source_(std::move(source)), exponent_(exponent), floor_(floor) {}

  [[nodiscard]] Index bins() const { return source_->bins(); }
  [[nodiscard]] Index frames() const { return source_->frames(); }
  /// See DataSource.
  [[nodiscard]] Index first_frame() const { return source_->first_frame(); }
  [[nodiscard]] Index all_frames() const { return source_->all_frames(); }
  /// The frames whose number among all is a multiple of stride.
  [[nodiscard]] ScaledData every(Index stride) const;
  /// The same, whose products with W and H are made from `rounded` [F x T] (T = float, Frobenius),
  /// which must outlive it, and whose squares are those of it; blocks stay as they are.
  [[nodiscard]] ScaledData with_products_of(const RoundedData& rounded) const;
  /// Null where there is none.
  [[nodiscard]] const RoundedData* rounded() const { return rounded_; }
  /// What a cell counts as at least, if a loss asks; blocks hold cells as they are.
  [[nodiscard]] T floor() const { return floor_; }
  /// Frames [first, first + count) ready for the kernels; see DataSource::block().
  [[nodiscard]] MatrixView<const T> block(Index first, Index count, Matrix<T>& scratch) const;
  /// The sum over all cells of all processes, not below the floor, and that of their squares: in
  /// double, frame by frame.
  [[nodiscard]] double sum(Reducer& reducer) const;
  [[nodiscard]] double sum_of_squares(Reducer& reducer) const;

 private:
  template <class OfCell>
  [[nodiscard]] double sum_over_cells(const OfCell& of_cell) const;

  std::shared_ptr<const DataSource<T>> source_;
  int exponent_;
  T floor_;
  const RoundedData* rounded_ = nullptr;
};

}  // namespace partwise::nmf
