#include <algorithm>
#include <cmath>
#include <limits>
#include <nmf/frame_pass.hpp>
#include <nmf/loss.hpp>
#include <nmf/scaled_data.hpp>
#include <partwise/factorize.hpp>
#include <string>
#include <vector>

namespace partwise {
namespace {

void check_shapes(Index bins, Index frames, Index w_rows, Index w_cols, Index h_rows,
                  Index h_cols) {
  if (w_rows == bins && h_cols == frames && w_cols == h_rows) return;
  const auto shape = [](Index r, Index c) {
    return "[" + std::to_string(r) + " x " + std::to_string(c) + "]";
  };
  throw Error(ErrorCode::usage, "W is " + shape(w_rows, w_cols) + ", H " + shape(h_rows, h_cols) +
                                    ", expected shapes that multiply to V's " +
                                    shape(bins, frames));
}

double cell_divergence(double x, double m, double beta) {
  if (beta == 2) return (x - m) * (x - m) / 2;
  if (beta == 1) return (x > 0 ? x * std::log(x / m) : 0.0) - x + m;
  if (beta == 0) return x / m - std::log(x / m) - 1;
  const double x_power = x > 0 ? std::pow(x, beta) : 0.0;
  const double cross = x > 0 ? beta * x * std::pow(m, beta - 1) : 0.0;
  const double m_power = m > 0 ? (beta - 1) * std::pow(m, beta) : 0.0;
  return (x_power + m_power - cross) / (beta * (beta - 1));
}

}  // namespace

template <class T>
double beta_divergence(MatrixView<const T> v, MatrixView<const T> w, MatrixView<const T> h,
                       double beta, double floor) {
  check_shapes(v.rows, v.cols, w.rows, w.cols, h.rows, h.cols);
  beta = nmf::effective_beta(beta);
  double sum = 0;
  std::vector<double> model(static_cast<std::size_t>(v.rows));
  for (Index n = 0; n < v.cols; ++n) {
    std::fill(model.begin(), model.end(), 0.0);
    for (Index k = 0; k < w.cols; ++k) {
      const auto gain = static_cast<double>(h(k, n));
      const T* column = w.column(k);
      for (Index f = 0; f < v.rows; ++f) model[f] += static_cast<double>(column[f]) * gain;
    }
    double frame_sum = 0;
    for (Index f = 0; f < v.rows; ++f) {
      const auto x = static_cast<double>(v(f, n));
      frame_sum += beta <= 0 ? cell_divergence(std::max(x, floor), std::max(model[f], floor), beta)
                             : cell_divergence(x, model[f], beta);
    }
    sum += frame_sum;
  }
  return sum;
}

namespace {

template <class T>
Matrix<T> aligned_copy(MatrixView<const T> from) {
  Matrix<T> out(from.rows, from.cols);
  for (Index c = 0; c < from.cols; ++c) std::copy_n(from.column(c), from.rows, out.column(c));
  return out;
}

}  // namespace

template <class T>
double relative_error(MatrixView<const T> v, MatrixView<const T> w, MatrixView<const T> h,
                      Reducer& reducer) {
  check_shapes(v.rows, v.cols, w.rows, w.cols, h.rows, h.cols);
  nmf::Loss frobenius;
  frobenius.beta = 2;
  const nmf::ScaledData<T> data(matrix_source(v), 0, T{0});
  const double squares = data.sum_of_squares(reducer);
  if (squares == 0) return std::numeric_limits<double>::quiet_NaN();
  const Matrix<T> templates = aligned_copy(w), activations = aligned_copy(h);
  const RunControl never_stops;
  const nmf::Regularisers<T> nothing_else;
  const std::vector<bool> none_fixed;
  nmf::FramePass<T> pass({data, frobenius, nothing_else, none_fixed, reducer, never_stops}, w.cols);
  return std::sqrt(2 * pass.measure({templates, activations}) / squares);
}

template double relative_error(MatrixView<const float>, MatrixView<const float>,
                               MatrixView<const float>, Reducer&);
template double relative_error(MatrixView<const double>, MatrixView<const double>,
                               MatrixView<const double>, Reducer&);

template double beta_divergence(MatrixView<const float>, MatrixView<const float>,
                                MatrixView<const float>, double, double);
template double beta_divergence(MatrixView<const double>, MatrixView<const double>,
                                MatrixView<const double>, double, double);

}  // namespace partwise
