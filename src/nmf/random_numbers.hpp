#pragma once
#include <cstdint>
#include <random>

namespace partwise::nmf {

/// Standard normal numbers, the same as numpy.random.RandomState(seed).standard_normal(): MT19937
/// seeded by one integer, 53-bit uniforms, Marsaglia's polar method with the spare value kept.
class NormalNumbers {
 public:
  explicit NormalNumbers(std::uint32_t seed) : engine_(seed) {}
  double operator()();

 private:
  double uniform();

  std::mt19937 engine_;
  double spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace partwise::nmf
