#include <algorithm>
#include <nmf/pass_sums.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

/// Both are empty or have the same shape.
template <class T>
void add(MatrixView<double> sum, const Matrix<T>& term) {
  for (Index c = 0; c < term.cols(); ++c) {
    double* to = sum.column(c);
    const T* from = term.column(c);
    for (Index r = 0; r < term.rows(); ++r) to[r] += static_cast<double>(from[r]);
  }
}

struct Shape {
  Index rows = 0, cols = 0;
};

struct Shapes {
  Shape numerator, denominator, gram;  // without columns: not needed
};

Shapes shapes_for(Index bins, Index components, const Loss& loss) {
  const Shape tall{bins, components}, none;
  if (loss.frobenius()) return {tall, none, {components, components}};
  return {tall, loss.kullback_leibler() ? none : tall, none};
}

template <class T>
Matrix<T> matrix_of(Shape shape) {
  return Matrix<T>(shape.rows, shape.cols);
}

// Matrices begin at whole lines of cache, behind one of scalars.
constexpr Index kLine = 8;

Index length_of(Shape shape) { return (shape.rows * shape.cols + kLine - 1) / kLine * kLine; }

}  // namespace

PassSums::PassSums(Index bins, Index components, const Loss& loss)
    : PassSums(bins, components, loss, [&] {
        const Shapes shapes = shapes_for(bins, components, loss);
        return Matrix<double>(kLine + length_of(shapes.numerator) + length_of(shapes.denominator) +
                                  length_of(shapes.gram) +
                                  (loss.kullback_leibler() ? components : 0),
                              1);
      }()) {}

PassSums::PassSums(Index bins, Index components, const Loss& loss, Matrix<double> values)
    : objective(values(0, 0)), violation(values(1, 0)), values_(std::move(values)) {
  const Shapes shapes = shapes_for(bins, components, loss);
  double* next = values_.data() + kLine;
  for (const auto& [view, shape] : {std::pair{&numerator, shapes.numerator},
                                    {&denominator, shapes.denominator},
                                    {&gram, shapes.gram}}) {
    *view = {next, shape.rows, shape.cols, shape.rows};
    next += length_of(shape);
  }
  if (loss.kullback_leibler()) h_sums = {next, static_cast<std::size_t>(components)};
}

template <class T>
PartialSums<T>::PartialSums(Index bins, Index components, const Loss& loss) {
  const Shapes shapes = shapes_for(bins, components, loss);
  numerator = matrix_of<T>(shapes.numerator);
  denominator = matrix_of<T>(shapes.denominator);
  gram = matrix_of<T>(shapes.gram);
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
