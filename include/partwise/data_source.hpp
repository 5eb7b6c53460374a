#pragma once
#include <memory>
#include <partwise/matrix.hpp>

namespace partwise {

/// Where factorize() reads V [F x T] from, a block of frames at a time: a matrix in memory, or
/// whatever a caller derives from this, such as a file of frames.
///
/// Where several processes share a problem (see Reducer::reduce()), each has a source of its own
/// range of the frames; frames are counted from the first of the range.
template <class T>
class DataSource {
 public:
  virtual ~DataSource() = default;
  [[nodiscard]] virtual Index bins() const = 0;    ///< F
  [[nodiscard]] virtual Index frames() const = 0;  ///< those that this source has
  /// The number of this source's first frame among the frames of all processes, and their number.
  [[nodiscard]] virtual Index first_frame() const { return 0; }
  [[nodiscard]] virtual Index all_frames() const { return frames(); }

  /// Frames [first, first + count) as they are: columns aligned to 64 bytes, zero from row F to the
  /// next multiple of 64 bytes. `scratch` [F x count or more] may be used to hold them; it is made
  /// if it is empty and needed. The view is valid until scratch changes. Called by many threads at
  /// once, each with its own scratch.
  [[nodiscard]] virtual MatrixView<const T> block(Index first, Index count,
                                                  Matrix<T>& scratch) const = 0;

  /// The frames whose number among all is a multiple of `stride`, at least 1.
  [[nodiscard]] virtual std::shared_ptr<const DataSource<T>> every(Index stride) const = 0;
};

/// A range of the frames of all processes.
struct FrameRange {
  Index first = 0;
  Index all = 0;  ///< frames of all processes
};

/// Those of the view v [F x n], which must outlive the source. Blocks are views of v where its
/// columns are laid out as block() gives them, as those of Matrix are; else they are copied, so
/// that V is never held twice.
template <class T>
[[nodiscard]] std::shared_ptr<const DataSource<T>> matrix_source(MatrixView<const T> v);
/// The same for frames [range.first, range.first + n) of range.all.
template <class T>
[[nodiscard]] std::shared_ptr<const DataSource<T>> matrix_source(MatrixView<const T> v,
                                                                 FrameRange range);

}  // namespace partwise
