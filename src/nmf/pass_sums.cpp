#include <algorithm>
#include <nmf/pass_sums.hpp>

namespace partwise::nmf {
namespace {

/// Both are empty or have the same shape.
template <class T>
void add(Matrix<double>& sum, const Matrix<T>& term) {
  for (Index c = 0; c < term.cols(); ++c) {
    double* to = sum.column(c);
    const T* from = term.column(c);
    for (Index r = 0; r < term.rows(); ++r) to[r] += static_cast<double>(from[r]);
  }
}

struct Shapes {
  Index numerator, denominator, gram;  // columns; 0: not needed
};

Shapes shapes_for(Index components, const Loss& loss) {
  return {components, loss.frobenius() || loss.beta == 1 ? 0 : components,
          loss.frobenius() ? components : 0};
}

}  // namespace

PassSums make_sums(Index bins, Index components, const Loss& loss) {
  const Shapes columns = shapes_for(components, loss);
  PassSums sums;
  sums.numerator = Matrix<double>(bins, columns.numerator);
  sums.denominator = Matrix<double>(columns.denominator == 0 ? 0 : bins, columns.denominator);
  sums.gram = Matrix<double>(columns.gram, columns.gram);
  if (loss.beta == 1) sums.h_sums.resize(static_cast<std::size_t>(components));
  return sums;
}

void set_zero(PassSums& sums) {
  sums.numerator.set_zero();
  sums.denominator.set_zero();
  sums.gram.set_zero();
  std::fill(sums.h_sums.begin(), sums.h_sums.end(), 0.0);
  sums.objective = 0;
  sums.violation = 0;
}

void add_to(PassSums& sums, const PassSums& term) {
  add(sums.numerator, term.numerator);
  add(sums.denominator, term.denominator);
  add(sums.gram, term.gram);
  for (std::size_t k = 0; k < sums.h_sums.size(); ++k) sums.h_sums[k] += term.h_sums[k];
  sums.objective += term.objective;
  sums.violation += term.violation;
}

template <class T>
PartialSums<T>::PartialSums(Index bins, Index components, const Loss& loss) {
  const Shapes columns = shapes_for(components, loss);
  numerator = Matrix<T>(bins, columns.numerator);
  denominator = Matrix<T>(columns.denominator == 0 ? 0 : bins, columns.denominator);
  gram = Matrix<T>(columns.gram, columns.gram);
}

template <class T>
void fold(PartialSums<T>& partial, PassSums& sums) {
  add(sums.numerator, partial.numerator);
  add(sums.denominator, partial.denominator);
  add(sums.gram, partial.gram);
  partial.numerator.set_zero();
  partial.denominator.set_zero();
  partial.gram.set_zero();
}

template struct PartialSums<float>;
template struct PartialSums<double>;
template void fold(PartialSums<float>&, PassSums&);
template void fold(PartialSums<double>&, PassSums&);

}  // namespace partwise::nmf
