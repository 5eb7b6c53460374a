#include <algorithm>
#include <cstdint>
#include <nmf/frame_chunks.hpp>
#include <partwise/data_source.hpp>
#include <utility>

namespace partwise {
namespace {

// What the kernels ask of a column's address and stride, as Matrix gives it.
constexpr std::uintptr_t kAlignment = 64;

/// `rows` up to whole lines of cache.
template <class T>
Index padded(Index rows) {
  constexpr auto kLine = static_cast<Index>(kAlignment / sizeof(T));
  return (rows + kLine - 1) / kLine * kLine;
}

/// Whether the kernels may read v as it is: aligned, and zero between the end of a column and the
/// next multiple of 64 bytes. What lies behind the last column need not be the caller's to read.
template <class T>
bool is_ready(MatrixView<const T> v) {
  const Index whole = padded<T>(v.rows);
  if (reinterpret_cast<std::uintptr_t>(v.data) % kAlignment != 0 ||
      v.stride != padded<T>(v.stride) || whole > v.stride) {
    return false;
  }
  for (Index n = 0; n + 1 < v.cols; ++n) {
    const T* column = v.column(n);
    if (std::any_of(column + v.rows, column + whole, [](T x) { return x != 0; })) return false;
  }
  return true;
}

template <class T>
class MatrixSource final : public DataSource<T> {
 public:
  MatrixSource(MatrixView<const T> v, FrameRange range)
      : v_(v),
        range_(range),
        ready_frames_(!is_ready(v)                  ? 0
                      : padded<T>(v.rows) == v.rows ? v.cols
                                                    : v.cols - 1) {}

  [[nodiscard]] Index bins() const override { return v_.rows; }
  [[nodiscard]] Index frames() const override { return v_.cols; }
  [[nodiscard]] Index first_frame() const override { return range_.first; }
  [[nodiscard]] Index all_frames() const override { return range_.all; }

  [[nodiscard]] MatrixView<const T> block(Index first, Index count,
                                          Matrix<T>& scratch) const override {
    if (first + count <= ready_frames_) return v_.columns(first, count);
    if (scratch.empty()) scratch = Matrix<T>(v_.rows, std::max(count, nmf::kBlockFrames));
    for (Index n = 0; n < count; ++n) {
      std::copy_n(v_.column(first + n), v_.rows, scratch.column(n));
    }
    return std::as_const(scratch).view().columns(0, count);
  }

  [[nodiscard]] std::shared_ptr<const DataSource<T>> every(Index stride) const override {
    const auto multiples_below = [stride](Index frame) { return (frame + stride - 1) / stride; };
    const Index first = multiples_below(range_.first);
    const Index count = multiples_below(range_.first + v_.cols) - first;
    const Index skipped = count > 0 ? first * stride - range_.first : 0;
    const MatrixView<const T> view{v_.data + skipped * v_.stride, v_.rows, count,
                                   v_.stride * stride};
    return std::make_shared<MatrixSource>(view, FrameRange{first, multiples_below(range_.all)});
  }

 private:
  MatrixView<const T> v_;
  FrameRange range_;
  Index ready_frames_;  // so many from the first can be read as they are
};

}  // namespace

template <class T>
std::shared_ptr<const DataSource<T>> matrix_source(MatrixView<const T> v) {
  return matrix_source(v, {0, v.cols});
}

template <class T>
std::shared_ptr<const DataSource<T>> matrix_source(MatrixView<const T> v, FrameRange range) {
  return std::make_shared<MatrixSource<T>>(v, range);
}

template std::shared_ptr<const DataSource<float>> matrix_source(MatrixView<const float>);
template std::shared_ptr<const DataSource<double>> matrix_source(MatrixView<const double>);
template std::shared_ptr<const DataSource<float>> matrix_source(MatrixView<const float>,
                                                                FrameRange);
template std::shared_ptr<const DataSource<double>> matrix_source(MatrixView<const double>,
                                                                 FrameRange);

}  // namespace partwise
