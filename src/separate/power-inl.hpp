#pragma once
// x^p for x in [0, 1], all values of a register at once. See dsp/registers-inl.hpp.
#include <dsp/registers-inl.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

typedef int Integers __attribute__((vector_size(PARTWISE_REGISTER_BYTES), may_alias));

constexpr int kMantissaBits = 23;
constexpr int kExponentBias = 127;

/// log2(x) of normal x: the exponent, and the logarithm of a mantissa m in [sqrt(1/2), sqrt(2)) by
/// log2(m) = 2/ln 2 (s + s^3/3 + s^5/5 + ...), s = (m - 1) / (m + 1), |s| < 0.172. The first term
/// left out is below 2^-30.
inline Register<float> log2_of(Register<float> x) {
  constexpr int kRootHalf = 0x3f3504f3;          // the bits of sqrt(1/2)
  constexpr float kScale = 2.8853900817779268F;  // 2/ln 2
  const Integers bits = reinterpret_cast<const Integers&>(x);
  const Integers exponent = (bits - kRootHalf) >> kMantissaBits;
  const Integers mantissa = bits - (exponent << kMantissaBits);
  const Register<float> m = reinterpret_cast<const Register<float>&>(mantissa);
  const Register<float> s = (m - 1) / (m + 1), s2 = s * s;
  const Register<float> series = ((s2 * (1.0F / 9) + 1.0F / 7) * s2 + 1.0F / 5) * s2 + 1.0F / 3;
  return __builtin_convertvector(exponent, Register<float>) + (series * s2 * s + s) * kScale;
}

/// 2^y of y in [-126, 0]: 2^n times the Taylor series of 2^f, f in [-1/2, 1/2], whose first term
/// left out is below 2^-26.
inline Register<float> exp2_of(Register<float> y) {
  constexpr float kRounder = 0x1.8p23F;  // added and taken away, leaves the nearest integer
  constexpr float kTerms[] = {1.5252734e-5F, 1.5403530e-4F, 1.3333558e-3F, 9.6181291e-3F,
                              5.5504109e-2F, 2.4022651e-1F, 6.9314718e-1F};  // (ln 2)^i / i!
  const Register<float> nearest = (y + kRounder) - kRounder;
  const Register<float> f = y - nearest;
  Register<float> series = f * kTerms[0] + kTerms[1];
  for (int i = 2; i < 7; ++i) series = series * f + kTerms[i];
  series = series * f + 1;
  const Integers exponent = __builtin_convertvector(nearest, Integers) + kExponentBias;
  const Integers scale = exponent << kMantissaBits;
  return series * reinterpret_cast<const Register<float>&>(scale);
}

/// Relative error below 2e-7 (2 + |log2 of the result|), which a test holds it to; 0 where x or the
/// result is below the normal floats.
inline Register<float> power(Register<float> x, float exponent) {
  const Register<float> logarithm = log2_of(x) * exponent;
  const Register<float> least = Register<float>{} - 126;
  const Register<float> result = exp2_of(logarithm >= least ? logarithm : least);
  const Register<float> zero = {};
  return x >= __FLT_MIN__ && logarithm >= least ? result : zero;
}

/// As exact as the C library's.
inline Register<double> power(Register<double> x, double exponent) {
  for (Index i = 0; i < kWidth<double>; ++i) x[i] = __builtin_pow(x[i], exponent);
  return x;
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
