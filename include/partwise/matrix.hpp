#pragma once
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <limits>
#include <memory>
#include <new>
#include <partwise/index.hpp>
#include <partwise/zeroed_memory.hpp>
#include <span>
#include <type_traits>
#include <utility>

namespace partwise {

/// A window on a column-major matrix that somebody else owns: element (r, c) is data[r + c*stride].
/// Copying a view copies no elements. A view is valid as long as its owner.
template <class T>
struct MatrixView {
  T* data = nullptr;
  Index rows = 0;
  Index cols = 0;
  Index stride = 0;  ///< distance between columns, in elements, >= rows

  [[nodiscard]] T& operator()(Index r, Index c) const {
    assert(r >= 0 && r < rows && c >= 0 && c < cols);
    return data[r + c * stride];
  }
  [[nodiscard]] T* column(Index c) const { return data + c * stride; }
  [[nodiscard]] std::span<T> column_span(Index c) const {
    return {column(c), static_cast<std::size_t>(rows)};
  }
  /// Columns [first, first + count).
  [[nodiscard]] MatrixView columns(Index first, Index count) const {
    assert(first >= 0 && count >= 0 && first + count <= cols);
    return {data + first * stride, rows, count, stride};
  }
  /// A view of T reads as a view of const T.
  operator MatrixView<const T>() const  // NOLINT(google-explicit-constructor)
    requires(!std::is_const_v<T>)
  {
    return {data, rows, cols, stride};
  }
};

/// An owned column-major matrix of trivially copyable elements, zero-filled.
/// Every column starts on a 64-byte boundary; the stride is rows rounded up to 64 bytes, and the
/// padding rows stay zero unless somebody writes them.
template <class T>
class Matrix {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  static constexpr std::size_t kAlignment = kMemoryAlignment;

  Matrix() = default;
  /// rows x cols zeros; both in [0, inf). Throws std::bad_alloc.
  Matrix(Index rows, Index cols)
      : rows_(rows), cols_(cols), stride_(padded(rows)), data_(allocate(stride_ * cols)) {}
  Matrix(const Matrix& other) : Matrix(other.rows_, other.cols_) {
    std::copy_n(other.data_.get(), stride_ * cols_, data_.get());
  }
  Matrix(Matrix&& other) noexcept { swap(other); }
  Matrix& operator=(Matrix other) noexcept {
    swap(other);
    return *this;
  }
  ~Matrix() = default;

  [[nodiscard]] Index rows() const { return rows_; }
  [[nodiscard]] Index cols() const { return cols_; }
  [[nodiscard]] Index stride() const { return stride_; }
  [[nodiscard]] bool empty() const { return rows_ == 0 || cols_ == 0; }
  [[nodiscard]] T* data() { return data_.get(); }
  [[nodiscard]] const T* data() const { return data_.get(); }
  [[nodiscard]] T* column(Index c) { return data_.get() + c * stride_; }
  [[nodiscard]] const T* column(Index c) const { return data_.get() + c * stride_; }
  [[nodiscard]] T& operator()(Index r, Index c) { return view()(r, c); }
  [[nodiscard]] const T& operator()(Index r, Index c) const { return view()(r, c); }

  [[nodiscard]] MatrixView<T> view() { return {data_.get(), rows_, cols_, stride_}; }
  [[nodiscard]] MatrixView<const T> view() const { return {data_.get(), rows_, cols_, stride_}; }
  operator MatrixView<T>() { return view(); }              // NOLINT(google-explicit-constructor)
  operator MatrixView<const T>() const { return view(); }  // NOLINT(google-explicit-constructor)

  /// Every element and the padding to zero.
  void set_zero() { std::fill_n(data_.get(), stride_ * cols_, T{}); }

  void swap(Matrix& other) noexcept {
    std::swap(rows_, other.rows_);
    std::swap(cols_, other.cols_);
    std::swap(stride_, other.stride_);
    std::swap(data_, other.data_);
  }

 private:
  struct Free {
    std::size_t bytes = 0;
    void operator()(T* p) const noexcept { free_zeroed(p, bytes); }
  };
  using Storage = std::unique_ptr<T[], Free>;

  static Index padded(Index rows) {
    constexpr Index lane = static_cast<Index>(kAlignment / sizeof(T)) > 0
                               ? static_cast<Index>(kAlignment / sizeof(T))
                               : 1;
    return (rows + lane - 1) / lane * lane;
  }
  static Storage allocate(Index count) {
    if (count == 0) return {};
    if (static_cast<std::size_t>(count) > std::numeric_limits<std::size_t>::max() / sizeof(T)) {
      throw std::bad_alloc();
    }
    const std::size_t bytes = static_cast<std::size_t>(count) * sizeof(T);
    return Storage(static_cast<T*>(allocate_zeroed(bytes)), Free{bytes});
  }

  Index rows_ = 0;
  Index cols_ = 0;
  Index stride_ = 0;
  Storage data_;
};

}  // namespace partwise
