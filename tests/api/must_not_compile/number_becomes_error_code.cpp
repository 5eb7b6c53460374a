// A number is no error code: codes have names.
// expect: could not convert|no matching function|cannot convert
#include <partwise/error.hpp>

void f() {
#ifdef WRONG
  throw partwise::Error(6, "cannot write");
#else
  throw partwise::Error(partwise::ErrorCode::cannot_write, "cannot write");
#endif
}
