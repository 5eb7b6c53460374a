#pragma once
// For loops that are compiled once for each instruction set. A file that includes such definitions
// names its namespace in PARTWISE_LANES_NAMESPACE and the bytes of its registers in
// PARTWISE_REGISTER_BYTES. Nothing may be shared between those files, or the linker could give
// every machine the code of the best: all is in an unnamed namespace, and no function of the
// standard library is called.
#include <dsp/lanes.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

/// The compiler's own vectors, of which every processor has some.
template <class T>
struct RegisterOf;
template <>
struct RegisterOf<float> {
  typedef float Type __attribute__((vector_size(PARTWISE_REGISTER_BYTES), may_alias));
};
template <>
struct RegisterOf<double> {
  typedef double Type __attribute__((vector_size(PARTWISE_REGISTER_BYTES), may_alias));
};
template <class T>
using Register = typename RegisterOf<T>::Type;

/// Values of one register.
template <class T>
constexpr Index kWidth = PARTWISE_REGISTER_BYTES / sizeof(T);

/// Where row `row` of a block begins. Callers add the lane.
template <class T>
inline Register<T>& at(T* block, Index row) {
  return *reinterpret_cast<Register<T>*>(block + row * kFrameLanes<T>);
}
template <class T>
inline const Register<T>& at(const T* block, Index row) {
  return *reinterpret_cast<const Register<T>*>(block + row * kFrameLanes<T>);
}

/// The same at addresses of any alignment.
template <class T>
inline Register<T> load_any(const T* from) {
  Register<T> values;
  __builtin_memcpy(&values, from, sizeof values);
  return values;
}
template <class T>
inline void store_any(T* to, Register<T> values) {
  __builtin_memcpy(to, &values, sizeof values);
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
