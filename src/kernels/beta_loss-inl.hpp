// What a cell contributes to an update by the beta-divergence, once per target. Included by
// beta_products-inl.hpp.
#if defined(PARTWISE_BETA_LOSS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARTWISE_BETA_LOSS_INL
#undef PARTWISE_BETA_LOSS_INL
#else
#define PARTWISE_BETA_LOSS_INL
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cstdint>
#include <kernels/kernel_table.hpp>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A loss is functions of vectors: numerator and denominator of the update, and, from these, the
// divergence of a cell, to which x (but not the numerator) comes as 0 where it does not count. The
// logarithm that it takes is handed to it, because several are made in step, which hides their
// latency. The logarithm of 0 is never taken: the smallest normal number stands in, and its product
// with x = 0 is 0.

/// x[i] becomes log x[i], for normal float x > 0. Highway's takes care of 0, subnormals and
/// negative numbers, which is a third of its time. x = 2^e m, m in [sqrt(1/2), sqrt(2)), s = (m -
/// 1) / (m + 1): log x = e log 2 + 2 artanh(s), and artanh(s) / s is a polynomial in s^2: a
/// least-maximum fit with relative error 7e-10.
template <std::size_t kCount, class D, class V>
HWY_INLINE void FloatLogsAboveZero(D d, V (&x)[kCount]) {
  const hn::RebindToSigned<D> di;
  using I = hn::Vec<decltype(di)>;
  constexpr int kMantissaBits = 23;
  constexpr std::int32_t kRootHalfBits = 0x3F3504F3;  // of sqrt(1/2)
  constexpr float kLog2 = 0.693147180559945f;
  constexpr float kFit[] = {0.29925650358200073f, 0.39974793791770935f, 0.666668176651001f, 2.0f};
  const V one = hn::Set(d, 1.0f);
  I exponent[kCount];
  V s[kCount];
  V square[kCount];
  V p[kCount];
  for (std::size_t i = 0; i < kCount; ++i) {
    const I bits = hn::BitCast(di, x[i]);
    exponent[i] = hn::ShiftRight<kMantissaBits>(hn::Sub(bits, hn::Set(di, kRootHalfBits)));
    const V m = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<kMantissaBits>(exponent[i])));
    s[i] = hn::Div(hn::Sub(m, one), hn::Add(m, one));
  }
  for (std::size_t i = 0; i < kCount; ++i) {
    square[i] = hn::Mul(s[i], s[i]);
    p[i] = hn::Set(d, kFit[0]);
  }
  for (const float coefficient : {kFit[1], kFit[2], kFit[3]}) {
    for (std::size_t i = 0; i < kCount; ++i) {
      p[i] = hn::MulAdd(p[i], square[i], hn::Set(d, coefficient));
    }
  }
  for (std::size_t i = 0; i < kCount; ++i) {
    x[i] = hn::MulAdd(hn::ConvertTo(d, exponent[i]), hn::Set(d, kLog2), hn::Mul(s[i], p[i]));
  }
}

template <std::size_t kCount, class D, class V>
HWY_INLINE void LogsAboveZero(D d, V (&x)[kCount]) {
  using T = hn::TFromD<D>;
  if constexpr (sizeof(T) == sizeof(float)) {
    FloatLogsAboveZero(d, x);
  } else {
    for (V& value : x)
      value = hn::Log(d, hn::Max(value, hn::Set(d, std::numeric_limits<T>::min())));
  }
}

template <class D, class V>
HWY_INLINE V LogAboveZero(D d, V x) {
  V only[] = {x};
  LogsAboveZero(d, only);
  return only[0];
}

struct KullbackLeibler {
  template <class D, class V>
  HWY_INLINE void Weights(D, V x, V m, V& numerator, V& /*denominator*/) const {
    numerator = hn::Div(x, m);
  }
  template <class D, class V>
  HWY_INLINE V LogArgument(D, V /*x*/, V numerator, V /*denominator*/) const {
    return numerator;
  }
  template <class D, class V>
  HWY_INLINE V Divergence(D, V x, V m, V /*denominator*/, V log) const {
    return hn::Add(hn::MulSub(x, log, x), m);
  }
  static constexpr bool kHasDenominator = false;
  static constexpr bool kHasFloor = false;
  static constexpr bool kTakesLog = true;
};

struct ItakuraSaito {
  template <class D, class V>
  HWY_INLINE void Weights(D d, V x, V m, V& numerator, V& denominator) const {
    denominator = hn::Div(hn::Set(d, hn::TFromD<D>{1}), m);
    numerator = hn::Mul(x, hn::Mul(denominator, denominator));
  }
  template <class D, class V>
  HWY_INLINE V LogArgument(D, V x, V /*numerator*/, V denominator) const {
    return hn::Mul(x, denominator);
  }
  template <class D, class V>
  HWY_INLINE V Divergence(D d, V x, V /*m*/, V denominator, V log) const {
    const auto one = hn::Set(d, hn::TFromD<D>{1});
    const V cell = hn::MulSub(x, denominator, log);
    return hn::Sub(hn::IfThenElseZero(hn::Gt(x, hn::Zero(d)), cell), one);
  }
  static constexpr bool kHasDenominator = true;
  static constexpr bool kHasFloor = true;
  static constexpr bool kTakesLog = true;
};

struct GeneralBeta {
  double beta;
  template <class D, class V>
  HWY_INLINE V LogArgument(D, V x, V /*numerator*/, V /*denominator*/) const {
    return x;
  }
  template <class D, class V>
  HWY_INLINE V Power(D d, V x, double exponent) const {
    return hn::Exp(d,
                   hn::Mul(hn::Set(d, static_cast<hn::TFromD<D>>(exponent)), LogAboveZero(d, x)));
  }
  template <class D, class V>
  HWY_INLINE void Weights(D d, V x, V m, V& numerator, V& denominator) const {
    denominator = Power(d, m, beta - 1);
    numerator = hn::Mul(x, hn::Div(denominator, m));
  }
  template <class D, class V>
  HWY_INLINE V Divergence(D d, V x, V m, V denominator, V /*log*/) const {
    using T = hn::TFromD<D>;
    const V x_power = hn::IfThenElseZero(hn::Gt(x, hn::Zero(d)), Power(d, x, beta));
    const V model_term = hn::Mul(hn::Set(d, static_cast<T>(beta - 1)), hn::Mul(denominator, m));
    const V cross = hn::Mul(hn::Set(d, static_cast<T>(beta)), hn::Mul(x, denominator));
    return hn::Mul(hn::Set(d, static_cast<T>(1 / (beta * (beta - 1)))),
                   hn::Add(x_power, hn::Sub(model_term, cross)));
  }
  static constexpr bool kHasDenominator = true;
  static constexpr bool kHasFloor = true;
  static constexpr bool kTakesLog = false;
};

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
