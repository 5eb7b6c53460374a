// Coordinate descent, several frames or bins to a vector, once per target. Included by
// simd.cpp.
#if defined(PARTWISE_DESCEND_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARTWISE_DESCEND_INL
#undef PARTWISE_DESCEND_INL
#else
#define PARTWISE_DESCEND_INL
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <kernels/kernel_table.hpp>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Row k of `to` (kDescendFrames long) is component k of `from`; frames that are not there are
/// zero.
template <class T>
HWY_INLINE void TurnToRows(const T* from, Index stride, Index components, Index frames, T* to) {
  for (Index n = 0; n < frames; ++n) {
    for (Index k = 0; k < components; ++k) to[k * kDescendFrames + n] = from[k + n * stride];
  }
  for (Index k = 0; k < components; ++k) {
    std::fill(to + k * kDescendFrames + frames, to + (k + 1) * kDescendFrames, T{0});
  }
}

/// Coordinate descent as the kernels see it: item (k, i) of `factor` and `correlation` lies at k *
/// its stride + i, and the items of a vector are independent problems.
template <class T>
struct Descent {
  const T* gram;
  Index gram_stride;
  Index components;
  const T* correlation;
  Index correlation_stride;
  T* factor;
  Index factor_stride;
  const bool* keep;  // null: none
};

/// One sweep over kVectors vectors from item `at`; adds the violations met, if wanted. Sums over
/// even and odd components are kept apart, for twice as many chains of additions.
template <Index kVectors, bool kViolation, class T, class V>
HWY_INLINE void DescendSweep(const Descent<T>& p, Index at, V& violation) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  const V zero = hn::Zero(d);
  for (Index k = 0; k < p.components; ++k) {
    if (p.keep != nullptr && p.keep[k]) continue;
    const T* gram = p.gram + k * p.gram_stride;
    V slope[kVectors];
    V odd[kVectors];
    for (Index v = 0; v < kVectors; ++v) {
      slope[v] = hn::Neg(hn::Load(d, p.correlation + k * p.correlation_stride + at + v * lanes));
      odd[v] = zero;
    }
    const auto add = [&](Index j, V* sums) HWY_ATTR {
      const V g = hn::Set(d, gram[j]);
      const T* row = p.factor + j * p.factor_stride + at;
      for (Index v = 0; v < kVectors; ++v) {
        sums[v] = hn::MulAdd(g, hn::Load(d, row + v * lanes), sums[v]);
      }
    };
    Index j = 0;
    for (; j + 1 < p.components; j += 2) {
      add(j, slope);
      add(j + 1, odd);
    }
    if (j < p.components) add(j, slope);
    for (Index v = 0; v < kVectors; ++v) slope[v] = hn::Add(slope[v], odd[v]);
    T* row = p.factor + k * p.factor_stride + at;
    if constexpr (kViolation) {
      for (Index v = 0; v < kVectors; ++v) {
        const V before = hn::Load(d, row + v * lanes);
        const V projected = hn::IfThenElse(hn::Eq(before, zero), hn::Min(slope[v], zero), slope[v]);
        violation = hn::Add(violation, hn::Abs(projected));
      }
    }
    if (gram[k] == 0) continue;
    const V step = hn::Set(d, T{1} / gram[k]);
    for (Index v = 0; v < kVectors; ++v) {
      const V before = hn::Load(d, row + v * lanes);
      hn::Store(hn::Max(hn::NegMulAdd(slope[v], step, before), zero), d, row + v * lanes);
    }
  }
}

/// All sweeps over items [at, at + kVectors vectors).
template <Index kVectors, class T, class V>
HWY_INLINE void DescendVectors(const Descent<T>& p, Index at, Index sweeps, V& violation) {
  V not_counted = violation;
  DescendSweep<kVectors, true>(p, at, violation);
  for (Index s = 1; s < sweeps; ++s) DescendSweep<kVectors, false>(p, at, not_counted);
}

template <class T>
HWY_NOINLINE double Descend(const DescendArgs<T>& p) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  T* h = p.scratch;
  T* correlation = p.scratch + p.components * kDescendFrames;
  const Descent<T> descent{p.gram, p.gram_stride,  p.components, correlation, kDescendFrames,
                           h,      kDescendFrames, nullptr};
  double violation = 0;
  for (Index first = 0; first < p.cols; first += kDescendFrames) {
    const Index count = std::min(kDescendFrames, p.cols - first);
    T* columns = p.h + first * p.h_stride;
    TurnToRows(columns, p.h_stride, p.components, count, h);
    TurnToRows(p.correlation + first * p.correlation_stride, p.correlation_stride, p.components,
               count, correlation);
    auto met = hn::Zero(d);
    for (Index at = 0; at < count;) {
      const Index vectors = (kDescendFrames - at) / lanes;
      if (vectors >= 4) {
        DescendVectors<4>(descent, at, p.sweeps, met);
        at += 4 * lanes;
      } else if (vectors >= 2) {
        DescendVectors<2>(descent, at, p.sweeps, met);
        at += 2 * lanes;
      } else {
        DescendVectors<1>(descent, at, p.sweeps, met);
        at += lanes;
      }
    }
    violation += static_cast<double>(hn::GetLane(hn::SumOfLanes(d, met)));
    for (Index n = 0; n < count; ++n) {
      for (Index k = 0; k < p.components; ++k)
        columns[k + n * p.h_stride] = h[k * kDescendFrames + n];
    }
  }
  return violation;
}

template <class T>
HWY_NOINLINE double DescendTemplates(const DescendTemplatesArgs<T>& p) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  const Descent<T> descent{p.gram, p.gram_stride, p.components, p.correlation, p.correlation_stride,
                           p.w,    p.w_stride,    p.keep};
  double violation = 0;
  auto met = hn::Zero(d);
  Index at = 0;
  for (; at + 4 * lanes <= p.rows; at += 4 * lanes) {
    DescendVectors<4>(descent, at, p.sweeps, met);
    violation += static_cast<double>(hn::GetLane(hn::SumOfLanes(d, met)));
    met = hn::Zero(d);
  }
  // Behind the rows W and its correlations are zero, and so is what descent makes of them.
  for (; at < p.rows; at += lanes) DescendVectors<1>(descent, at, p.sweeps, met);
  return violation + static_cast<double>(hn::GetLane(hn::SumOfLanes(d, met)));
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
