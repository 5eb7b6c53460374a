// A start in double is not silently one in float.
// expect: cannot convert|could not convert|no matching function
#include <partwise/factorize.hpp>

void f(partwise::MatrixView<const float> v, const partwise::Factors<float>& start,
       const partwise::Factors<double>& other, partwise::Reducer& reducer) {
  const partwise::RunControl control;
  (void)other;
#ifdef WRONG
  (void)partwise::factorize<float>(v, {}, &other, reducer, control);
#else
  (void)partwise::factorize<float>(v, {}, &start, reducer, control);
#endif
}
