#include <algorithm>
#include <cmath>
#include <nmf/frame_chunks.hpp>
#include <nmf/rounded_data.hpp>
#include <nmf/scaled_data.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

// Beyond this, 2^exponent or its product with a small cell leaves the normal floats.
constexpr int kLargestPlainExponent = 100;

/// to = from * 2^exponent, which may be in place.
template <class T>
void scale(MatrixView<const T> from, int exponent, MatrixView<T> to) {
  const bool plain = std::abs(exponent) <= kLargestPlainExponent;
  const T factor = plain ? std::ldexp(T{1}, exponent) : T{1};
  for (Index n = 0; n < to.cols; ++n) {
    const T* source = from.column(n);
    T* target = to.column(n);
    if (plain) {
      for (Index f = 0; f < to.rows; ++f) target[f] = source[f] * factor;
    } else {
      for (Index f = 0; f < to.rows; ++f) target[f] = std::ldexp(source[f], exponent);
    }
  }
}

}  // namespace

template <class T>
ScaledData<T> ScaledData<T>::with_products_of(const RoundedData& rounded) const {
  ScaledData out = *this;
  out.rounded_ = &rounded;
  return out;
}

template <class T>
ScaledData<T> ScaledData<T>::every(Index stride) const {
  return {source_->every(stride), exponent_, floor_};
}

template <class T>
MatrixView<const T> ScaledData<T>::block(Index first, Index count, Matrix<T>& scratch) const {
  const MatrixView<const T> as_it_is = source_->block(first, count, scratch);
  if (exponent_ == 0) return as_it_is;
  if (scratch.empty()) scratch = Matrix<T>(bins(), std::max(count, kBlockFrames));
  scale(as_it_is, exponent_, scratch.view().columns(0, count));
  return std::as_const(scratch).view().columns(0, count);
}

template <class T>
template <class OfCell>
double ScaledData<T>::sum_over_cells(const OfCell& of_cell) const {
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
double ScaledData<T>::sum(Reducer& reducer) const {
  return reducer.reduce(sum_over_cells([](double x) { return x; }));
}

template <class T>
double ScaledData<T>::sum_of_squares(Reducer& reducer) const {
  return reducer.reduce(rounded_ != nullptr ? rounded_->sum_of_squares()
                                            : sum_over_cells([](double x) { return x * x; }));
}

template class ScaledData<float>;
template class ScaledData<double>;

}  // namespace partwise::nmf
