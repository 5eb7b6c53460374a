#include <algorithm>
#include <cmath>
#include <nmf/data_source.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

// Beyond this, 2^exponent or its product with a small cell leaves the normal floats.
constexpr int kLargestPlainExponent = 100;

// Data up to this size (five minutes of mono at 22 050 Hz) are prepared whole: copying them in
// every iteration costs a tenth of it.
constexpr Index kPreparedBytes = Index{64} << 20;

}  // namespace

template <class T>
DataSource<T>::DataSource(MatrixView<const T> v, int exponent, T floor)
    : v_(v), exponent_(exponent), floor_(floor) {
  if (v.rows * v.cols * static_cast<Index>(sizeof(T)) > kPreparedBytes) return;
  Matrix<T> prepared(v.rows, v.cols);
  load(0, prepared.view());
  prepared_ = std::move(prepared);
}

template <class T>
MatrixView<const T> DataSource<T>::block(Index first, Index count, Matrix<T>& scratch) const {
  if (!prepared_.empty()) return prepared_.view().columns(first, count);
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
      for (Index f = 0; f < v_.rows; ++f) to[f] = std::max(from[f] * scale, floor_);
    } else {
      for (Index f = 0; f < v_.rows; ++f) to[f] = std::max(std::ldexp(from[f], exponent_), floor_);
    }
  }
}

template <class T>
template <class OfCell>
double DataSource<T>::sum_over_cells(const OfCell& of_cell) const {
  Matrix<T> scratch(bins(), 1);
  double sum = 0;
  for (Index n = 0; n < frames(); ++n) {
    double of_frame = 0;
    for (const T x : block(n, 1, scratch).column_span(0))
      of_frame += of_cell(static_cast<double>(x));
    sum += of_frame;
  }
  return sum;
}

template <class T>
double DataSource<T>::sum() const {
  return sum_over_cells([](double x) { return x; });
}

template <class T>
double DataSource<T>::sum_of_squares() const {
  return sum_over_cells([](double x) { return x * x; });
}

template class DataSource<float>;
template class DataSource<double>;

}  // namespace partwise::nmf
