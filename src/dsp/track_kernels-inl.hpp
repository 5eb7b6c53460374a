#pragma once
// See registers-inl.hpp.
#include <dsp/registers-inl.hpp>
#include <dsp/track_kernels.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

constexpr Index kTallyRegisters = Tally::kLanes / kWidth<double>;

/// A register of doubles from as many floats.
struct Tallying {
  Register<double> squares[kTallyRegisters] = {};
  Register<double> peaks[kTallyRegisters] = {};

  Register<double> add(const float* samples, Index r) {
    const Register<double> x = load_floats<double>(samples + r * kWidth<double>);
    const Register<double> size = x < 0 ? -x : x;
    squares[r] += x * x;
    peaks[r] = size > peaks[r] ? size : peaks[r];
    return x;
  }

  /// What is left of a whole row of lanes, and the result.
  void finish(const float* samples, Index count, Tally& tally) const {
    for (Index lane = 0; lane < Tally::kLanes; ++lane) {
      const Index r = lane / kWidth<double>, i = lane % kWidth<double>;
      const double last = lane < count ? static_cast<double>(samples[lane]) : 0;
      const double size = last < 0 ? -last : last;
      const double peak = peaks[r][i] > size ? peaks[r][i] : size;
      tally.squares[lane] += squares[r][i] + last * last;
      if (peak > static_cast<double>(tally.peaks[lane]))
        tally.peaks[lane] = static_cast<float>(peak);
    }
  }
};

inline void measure(const float* samples, Index count, Tally& tally) {
  Tallying tallying;
  for (; count >= Tally::kLanes; count -= Tally::kLanes, samples += Tally::kLanes) {
    for (Index r = 0; r < kTallyRegisters; ++r) tallying.add(samples, r);
  }
  tallying.finish(samples, count, tally);
}

inline void measure_and_add(const float* samples, Index count, Tally& tally, double* sums) {
  Tallying tallying;
  for (; count >= Tally::kLanes; count -= Tally::kLanes) {
    for (Index r = 0; r < kTallyRegisters; ++r) {
      const Register<double> x = tallying.add(samples, r);
      store_any(sums + r * kWidth<double>, load_any(sums + r * kWidth<double>) + x);
    }
    samples += Tally::kLanes;
    sums += Tally::kLanes;
  }
  tallying.finish(samples, count, tally);
  for (Index i = 0; i < count; ++i) sums[i] += static_cast<double>(samples[i]);
}

inline void split(const float* __restrict whole, const double* __restrict sums, Index count,
                  float* __restrict mix, float* __restrict rest) {
  for (Index i = 0; i < count; ++i) {
    mix[i] = static_cast<float>(sums[i]);
    rest[i] = static_cast<float>(static_cast<double>(whole[i]) - sums[i]);
  }
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
