// A matrix holds numbers: its elements are copied as bytes and never destroyed.
// expect: static assertion failed
#include <partwise/matrix.hpp>
#include <string>

partwise::Matrix<double> numbers(2, 2);
#ifdef WRONG
partwise::Matrix<std::string> words(2, 2);
#endif
