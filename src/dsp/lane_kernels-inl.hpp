#pragma once
// Samples of neighbouring frames to lanes and back (see registers-inl.hpp).
#include <dsp/lane_kernels.hpp>
#include <dsp/registers-inl.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

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

template <class T>
void load_frames(const float* samples, Index hop, const T* window, Index n, T* block) {
  constexpr Index kLanes = kFrameLanes<T>, kStep = kWidth<T>;
  const Index tiled = n / kStep * kStep;
  for (Index i = 0; i < tiled; i += kStep) {
    const Register<T> weights = load_any(window + i);
    for (Index lane = 0; lane < kLanes; lane += kStep) {
      Register<T> tile[kStep];
      for (Index l = 0; l < kStep; ++l) {
        tile[l] = load_floats<T>(samples + (lane + l) * hop + i) * weights;
      }
      transpose(tile);
      for (Index r = 0; r < kStep; ++r) at(block + lane, i + r) = tile[r];
    }
  }
  for (Index i = tiled; i < n; ++i) {
    for (Index lane = 0; lane < kLanes; ++lane) {
      block[i * kLanes + lane] = static_cast<T>(samples[lane * hop + i]) * window[i];
    }
  }
}

// Tiles of as many samples as lanes, whatever the register's width, later frames last: so samples of
// frames that overlap are added in the same order.
template <class T>
void overlap_add(const T* block, const T* window, Index n, Index hop, Index count, T* sum) {
  constexpr Index kLanes = kFrameLanes<T>, kStep = kWidth<T>;
  const Index tiled = n / kLanes * kLanes;
  for (Index first = 0; first < tiled; first += kLanes) {
    for (Index lane = 0; lane < count; lane += kStep) {
      const Index lanes = count - lane < kStep ? count - lane : kStep;
      for (Index i = first + kLanes - kStep; i >= first; i -= kStep) {
        const Register<T> weights = load_any(window + i);
        Register<T> tile[kStep];
        for (Index r = 0; r < kStep; ++r) tile[r] = at(block + lane, i + r);
        transpose(tile);
        T* to = sum + lane * hop + i;
        for (Index l = 0; l < lanes; ++l, to += hop) {
          store_any(to, load_any(to) + tile[l] * weights);
        }
      }
    }
  }
  for (Index i = tiled; i < n; ++i) {
    for (Index lane = 0; lane < count; ++lane) {
      sum[lane * hop + i] += block[i * kLanes + lane] * window[i];
    }
  }
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
