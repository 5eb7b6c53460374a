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

/// Floats as T.
template <class T>
inline Register<T> load_floats(const float* from) {
  if constexpr (sizeof(T) == sizeof(float)) {
    return load_any(from);
  } else {
    typedef float Floats __attribute__((vector_size(PARTWISE_REGISTER_BYTES / 2), may_alias));
    Floats values;
    __builtin_memcpy(&values, from, sizeof values);
    return __builtin_convertvector(values, Register<T>);
  }
}

// Rows become columns.
#if PARTWISE_REGISTER_BYTES == 32
inline void transpose(Register<float> (&m)[8]) {
  Register<float> pairs[8], fours[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i] = __builtin_shufflevector(m[i], m[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    pairs[i + 1] = __builtin_shufflevector(m[i], m[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int i = 0; i < 8; i += 4) {
    for (int j = 0; j < 2; ++j) {
      const Register<float> a = pairs[i + j], b = pairs[i + j + 2];
      fours[i + 2 * j] = __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13);
      fours[i + 2 * j + 1] = __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int i = 0; i < 4; ++i) {
    m[i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    m[i + 4] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}
inline void transpose(Register<double> (&m)[4]) {
  const Register<double> a = __builtin_shufflevector(m[0], m[1], 0, 4, 2, 6);
  const Register<double> b = __builtin_shufflevector(m[0], m[1], 1, 5, 3, 7);
  const Register<double> c = __builtin_shufflevector(m[2], m[3], 0, 4, 2, 6);
  const Register<double> d = __builtin_shufflevector(m[2], m[3], 1, 5, 3, 7);
  m[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  m[1] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  m[2] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  m[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}
#else
inline void transpose(Register<float> (&m)[4]) {
  const Register<float> a = __builtin_shufflevector(m[0], m[1], 0, 4, 1, 5);
  const Register<float> b = __builtin_shufflevector(m[0], m[1], 2, 6, 3, 7);
  const Register<float> c = __builtin_shufflevector(m[2], m[3], 0, 4, 1, 5);
  const Register<float> d = __builtin_shufflevector(m[2], m[3], 2, 6, 3, 7);
  m[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
  m[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
  m[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
  m[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}
inline void transpose(Register<double> (&m)[2]) {
  const Register<double> a = m[0], b = m[1];
  m[0] = __builtin_shufflevector(a, b, 0, 2);
  m[1] = __builtin_shufflevector(a, b, 1, 3);
}
#endif

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
