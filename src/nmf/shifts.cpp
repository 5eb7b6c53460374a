#include <algorithm>
#include <nmf/shifts.hpp>

namespace partwise {
namespace nmf {

template <class T>
void shift_activations(MatrixView<const T> h, Matrix<T>& stacked) {
  const Index frames = stacked.rows() / h.rows;
  for (Index n = 0; n < h.cols; ++n) {
    for (Index l = 0; l < frames; ++l) {
      T* out = stacked.column(n) + l * h.rows;
      if (n >= l) {
        std::copy_n(h.column(n - l), h.rows, out);
      } else {
        std::fill_n(out, h.rows, T{0});
      }
    }
  }
}

template <class T>
void fold_shifts(MatrixView<const T> stacked, Matrix<T>& sum) {
  const Index frames = stacked.rows / sum.rows();
  for (Index n = 0; n < sum.cols(); ++n) {
    std::copy_n(stacked.column(n), sum.rows(), sum.column(n));
    for (Index l = 1; l < std::min(frames, sum.cols() - n); ++l) {
      const T* from = stacked.column(n + l) + l * sum.rows();
      for (Index k = 0; k < sum.rows(); ++k) sum(k, n) += from[k];
    }
  }
}

template <class T>
void extend_templates(Factors<T>& factors, Index template_frames) {
  if (template_frames == 1) return;
  const Matrix<T> first = std::move(factors.w);
  factors.w = Matrix<T>(first.rows(), first.cols() * template_frames);
  T strength = 1;
  for (Index l = 0; l < template_frames; ++l, strength /= 2) {
    for (Index k = 0; k < first.cols(); ++k) {
      std::transform(first.column(k), first.column(k) + first.rows(),
                     factors.w.column(k + l * first.cols()),
                     [strength](T x) { return strength * x; });
    }
  }
}

template void shift_activations(MatrixView<const float>, Matrix<float>&);
template void shift_activations(MatrixView<const double>, Matrix<double>&);
template void fold_shifts(MatrixView<const float>, Matrix<float>&);
template void fold_shifts(MatrixView<const double>, Matrix<double>&);
template void extend_templates(Factors<float>&, Index);
template void extend_templates(Factors<double>&, Index);

}  // namespace nmf

template <class T>
Matrix<T> shifted_activations(MatrixView<const T> h, Index template_frames) {
  Matrix<T> stacked(h.rows * template_frames, h.cols);
  nmf::shift_activations(h, stacked);
  return stacked;
}

template Matrix<float> shifted_activations(MatrixView<const float>, Index);
template Matrix<double> shifted_activations(MatrixView<const double>, Index);

}  // namespace partwise
