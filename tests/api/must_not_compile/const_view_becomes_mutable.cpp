// A read-only view never turns into one that may be written through.
// expect: could not convert|cannot convert|no matching|conversion from
#include <partwise/matrix.hpp>

void write(partwise::MatrixView<float> view);

void f(partwise::MatrixView<const float> read_only, partwise::MatrixView<float> writable) {
  write(writable);
#ifdef WRONG
  write(read_only);
#endif
  (void)read_only;
}
