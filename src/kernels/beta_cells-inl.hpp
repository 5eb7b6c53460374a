// Cell-wise work of the beta-divergence, once per target. Included by simd.cpp.
#if defined(PARTWISE_BETA_CELLS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARTWISE_BETA_CELLS_INL
#undef PARTWISE_BETA_CELLS_INL
#else
#define PARTWISE_BETA_CELLS_INL
#endif

#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include <cstdint>
#include <kernels/kernel_table.hpp>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A loss is three functions of vectors: numerator and denominator of the update, and, from these,
// the divergence of a cell, to which x (but not the numerator) comes as 0 where it does not count.
// The logarithm of 0 is never taken: the smallest normal number stands in, and its product with x =
// 0 is 0.

/// For float: the objective costs 20 us instead of 30 us a block of 1025 x 32 with Highway's, because
/// this needs no care for 0, subnormals and negative numbers: x = 2^e (1 + t), 1 + t in [sqrt(1/2), sqrt(2)),
/// log x = e log 2 + t - t^2/2 + t^3 P(t). P is a least-maximum fit of degree 6: relative error
/// 4e-8 of log(1 + t), below float's own 6e-8.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V FloatLogAboveZero(D d, V x) {
  const hn::RebindToSigned<D> di;
  constexpr int kMantissaBits = 23;
  constexpr std::int32_t kRootHalfBits = 0x3F3504F3;  // of sqrt(1/2)
  const auto bits = hn::BitCast(di, hn::Max(x, hn::Set(d, std::numeric_limits<float>::min())));
  const auto from_root = hn::Sub(bits, hn::Set(di, kRootHalfBits));
  const auto exponent = hn::ShiftRight<kMantissaBits>(from_root);
  const auto mantissa = hn::Sub(bits, hn::ShiftLeft<kMantissaBits>(exponent));
  const V t = hn::Sub(hn::BitCast(d, mantissa), hn::Set(d, 1.0f));
  V p = hn::Set(d, 0.08917782455682755f);
  for (const float coefficient :
       {-0.143501877784729f, 0.1487698256969452f, -0.16565635800361633f, 0.1996539682149887f,
        -0.2500174641609192f, 0.33333858847618103f}) {
    p = hn::MulAdd(p, t, hn::Set(d, coefficient));
  }
  const V square = hn::Mul(t, t);
  const V log1p = hn::Add(t, hn::MulSub(hn::Mul(square, t), p, hn::Mul(square, hn::Set(d, 0.5f))));
  constexpr float kLog2 = 0.693147180559945f;
  return hn::MulAdd(hn::ConvertTo(d, exponent), hn::Set(d, kLog2), log1p);
}

template <class D, class V = hn::Vec<D>>
HWY_INLINE V LogAboveZero(D d, V x) {
  using T = hn::TFromD<D>;
  if constexpr (sizeof(T) == sizeof(float)) {
    return FloatLogAboveZero(d, x);
  } else {
    return hn::Log(d, hn::Max(x, hn::Set(d, std::numeric_limits<T>::min())));
  }
}

struct KullbackLeibler {
  template <class D, class V>
  HWY_INLINE void Weights(D, V x, V m, V& numerator, V& /*denominator*/) const {
    numerator = hn::Div(x, m);
  }
  template <class D, class V>
  HWY_INLINE V Divergence(D d, V x, V m, V numerator, V /*denominator*/) const {
    return hn::Add(hn::MulSub(x, LogAboveZero(d, numerator), x), m);
  }
  static constexpr bool kHasDenominator = false;
};

struct ItakuraSaito {
  template <class D, class V>
  HWY_INLINE void Weights(D d, V x, V m, V& numerator, V& denominator) const {
    denominator = hn::Div(hn::Set(d, hn::TFromD<D>{1}), m);
    numerator = hn::Mul(x, hn::Mul(denominator, denominator));
  }
  template <class D, class V>
  HWY_INLINE V Divergence(D d, V x, V /*m*/, V /*numerator*/, V denominator) const {
    const auto one = hn::Set(d, hn::TFromD<D>{1});
    const V ratio = hn::Mul(x, denominator);
    const V cell = hn::Sub(ratio, LogAboveZero(d, ratio));
    return hn::Sub(hn::IfThenElseZero(hn::Gt(x, hn::Zero(d)), cell), one);
  }
  static constexpr bool kHasDenominator = true;
};

struct GeneralBeta {
  double beta;
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
  HWY_INLINE V Divergence(D d, V x, V m, V /*numerator*/, V denominator) const {
    using T = hn::TFromD<D>;
    const V x_power = hn::IfThenElseZero(hn::Gt(x, hn::Zero(d)), Power(d, x, beta));
    const V model_term = hn::Mul(hn::Set(d, static_cast<T>(beta - 1)), hn::Mul(denominator, m));
    const V cross = hn::Mul(hn::Set(d, static_cast<T>(beta)), hn::Mul(x, denominator));
    return hn::Mul(hn::Set(d, static_cast<T>(1 / (beta * (beta - 1)))),
                   hn::Add(x_power, hn::Sub(model_term, cross)));
  }
  static constexpr bool kHasDenominator = true;
};

template <class Loss, class T>
HWY_INLINE double BetaCellsOf(const Loss& loss, const BetaCellsArgs<T>& p) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  const auto below = hn::Set(d, p.model_below);
  const auto replacement = hn::Set(d, p.model_replacement);
  const auto counts_above = hn::Set(d, p.data_counts_above);
  double sum = 0;
  for (Index n = 0; n < p.cols; ++n) {
    const Index column = n * p.stride;
    auto column_sum = hn::Zero(d);
    for (Index f = 0; f < p.rows; f += lanes) {
      const Index at = column + f;
      const auto x = hn::Load(d, p.x + at);
      auto m = hn::Load(d, p.m + at);
      m = hn::IfThenElse(hn::Lt(m, below), replacement, m);
      auto numerator = hn::Zero(d);
      auto denominator = hn::Zero(d);
      loss.Weights(d, x, m, numerator, denominator);
      const bool in_tail = f + lanes > p.rows;
      const auto tail = hn::FirstN(d, static_cast<std::size_t>(p.rows - f));
      if (in_tail) {  // the padding's x and model are 0: a negative power of them is none
        numerator = hn::IfThenElseZero(tail, numerator);
        denominator = hn::IfThenElseZero(tail, denominator);
      }
      hn::Store(numerator, d, p.numerator + at);
      if constexpr (Loss::kHasDenominator) hn::Store(denominator, d, p.denominator + at);
      if (p.want_objective) {
        auto cell = loss.Divergence(d, hn::IfThenElseZero(hn::Gt(x, counts_above), x), m, numerator,
                                    denominator);
        if (in_tail) cell = hn::IfThenElseZero(tail, cell);
        column_sum = hn::Add(column_sum, cell);
      }
    }
    // A column is short enough for T; columns are added in double.
    sum += static_cast<double>(hn::GetLane(hn::SumOfLanes(d, column_sum)));
  }
  return sum;
}

template <class T>
HWY_INLINE double BetaCells(const BetaCellsArgs<T>& p) {
  if (p.beta == 1) return BetaCellsOf(KullbackLeibler{}, p);
  if (p.beta == 0) return BetaCellsOf(ItakuraSaito{}, p);
  return BetaCellsOf(GeneralBeta{p.beta}, p);
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
