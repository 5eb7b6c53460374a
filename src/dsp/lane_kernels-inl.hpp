#pragma once
// Samples of neighbouring frames to lanes and back (see registers-inl.hpp).
#include <dsp/lane_kernels.hpp>
#include <dsp/registers-inl.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

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

// Tiles of as many samples as lanes, whatever the register's width, later frames last: so samples
// of frames that overlap are added in the same order.
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
