// A const matrix hands out read-only views.
// expect: discards qualifiers
#include <partwise/matrix.hpp>

void read(partwise::MatrixView<const float> view);
void write(partwise::MatrixView<float> view);

void f(const partwise::Matrix<float>& matrix) {
  read(matrix);
#ifdef WRONG
  write(matrix);
#endif
}
