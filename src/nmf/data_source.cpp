#include <algorithm>
#include <cmath>
#include <nmf/data_source.hpp>

namespace partwise::nmf {
namespace {

// Beyond this, 2^exponent or its product with a small cell leaves the normal floats.
constexpr int kLargestPlainExponent = 100;

}  // namespace

template <class T>
DataSource<T>::DataSource(MatrixView<const T> v, int exponent, T floor)
    : v_(v), exponent_(exponent), floor_(floor) {}

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

template class DataSource<float>;
template class DataSource<double>;

}  // namespace partwise::nmf
