// A reducer owns threads; there is one of each.
// expect: deleted function
#include <partwise/reducer.hpp>

void use(partwise::Reducer& reducer);
void take(partwise::Reducer reducer);

void f(partwise::Reducer& reducer) {
  use(reducer);
#ifdef WRONG
  take(reducer);
#endif
}
