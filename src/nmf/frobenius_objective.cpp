#include <algorithm>
#include <kernels/kernel_table.hpp>
#include <limits>
#include <nmf/frobenius_objective.hpp>

namespace partwise::nmf {
namespace {

template <class T>
Matrix<double> to_double(const Matrix<T>& from) {
  Matrix<double> out(from.rows(), from.cols());
  for (Index c = 0; c < from.cols(); ++c) std::copy_n(from.column(c), from.rows(), out.column(c));
  return out;
}

double dot(MatrixView<const double> a, MatrixView<const double> b) {
  double sum = 0;
  for (Index c = 0; c < a.cols; ++c) {
    for (Index r = 0; r < a.rows; ++r) sum += a(r, c) * b(r, c);
  }
  return sum;
}

}  // namespace

template <class T>
std::optional<double> frobenius_objective(const PassSums& sums, const Matrix<T>& w,
                                          double data_squares) {
  const Matrix<double> exact = to_double(w);
  Matrix<double> gram(w.cols(), w.cols());
  kernels::kernel_table<double>().multiply_transposed({exact.data(), exact.stride(), exact.data(),
                                                       exact.stride(), gram.data(), gram.stride(),
                                                       w.rows(), w.cols(), w.cols()});
  const double objective =
      (data_squares - 2 * dot(sums.numerator, exact) + dot(sums.gram, gram)) / 2;
  constexpr double kRoundingMargin = 1e4;
  if (objective > kRoundingMargin * std::numeric_limits<T>::epsilon() * data_squares)
    return objective;
  return std::nullopt;
}

template std::optional<double> frobenius_objective(const PassSums&, const Matrix<float>&, double);
template std::optional<double> frobenius_objective(const PassSums&, const Matrix<double>&, double);

}  // namespace partwise::nmf
