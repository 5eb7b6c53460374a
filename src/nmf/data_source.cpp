#include <algorithm>
#include <cmath>
#include <cstdint>
#include <nmf/data_source.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/rounded_data.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

// Beyond this, 2^exponent or its product with a small cell leaves the normal floats.
constexpr int kLargestPlainExponent = 100;

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

}  // namespace

template <class T>
DataSource<T>::DataSource(MatrixView<const T> v, int exponent, T floor)
    : v_(v),
      exponent_(exponent),
      floor_(floor),
      ready_frames_(exponent != 0 || !is_ready(v) ? 0
                    : padded<T>(v.rows) == v.rows ? v.cols
                                                  : v.cols - 1) {}

template <class T>
DataSource<T> DataSource<T>::with_products_of(const RoundedData& rounded) const {
  DataSource out = *this;
  out.rounded_ = &rounded;
  return out;
}

template <class T>
DataSource<T> DataSource<T>::every(Index stride) const {
  const Index count = (frames() + stride - 1) / stride;
  return {MatrixView<const T>{v_.data, v_.rows, count, v_.stride * stride}, exponent_, floor_};
}

template <class T>
MatrixView<const T> DataSource<T>::block(Index first, Index count, Matrix<T>& scratch) const {
  if (first + count <= ready_frames_) return v_.columns(first, count);
  if (scratch.empty()) scratch = Matrix<T>(bins(), std::max(count, kBlockFrames));
  load(first, scratch.view().columns(0, count));
  return std::as_const(scratch).view().columns(0, count);
}

template <class T>
void DataSource<T>::load(Index first, MatrixView<T> out) const {
  const bool plain = std::abs(exponent_) <= kLargestPlainExponent;
  const T scale = plain ? std::ldexp(T{1}, exponent_) : T{1};
  for (Index n = 0; n < out.cols; ++n) {
    const T* from = v_.column(first + n);
    T* to = out.column(n);
    if (plain) {
      for (Index f = 0; f < v_.rows; ++f) to[f] = from[f] * scale;
    } else {
      for (Index f = 0; f < v_.rows; ++f) to[f] = std::ldexp(from[f], exponent_);
    }
  }
}

template <class T>
template <class OfCell>
double DataSource<T>::sum_over_cells(const OfCell& of_cell) const {
  Matrix<T> scratch;
  double sum = 0;
  for (Index n = 0; n < frames(); ++n) {
    constexpr Index kLanes = 8;  // so that the compiler can take several cells at once
    double of_frame[kLanes] = {};
    const T* cells = block(n, 1, scratch).column(0);
    const auto add = [&](Index f, Index lane) {
      of_frame[lane] += of_cell(static_cast<double>(std::max(cells[f], floor_)));
    };
    Index f = 0;
    for (; f + kLanes <= bins(); f += kLanes) {
      for (Index lane = 0; lane < kLanes; ++lane) add(f + lane, lane);
    }
    for (; f < bins(); ++f) add(f, 0);
    for (const double of_lane : of_frame) sum += of_lane;
  }
  return sum;
}

template <class T>
double DataSource<T>::sum() const {
  return sum_over_cells([](double x) { return x; });
}

template <class T>
double DataSource<T>::sum_of_squares() const {
  if (rounded_ != nullptr) return rounded_->sum_of_squares();
  return sum_over_cells([](double x) { return x * x; });
}

template class DataSource<float>;
template class DataSource<double>;

}  // namespace partwise::nmf
