// Coordinate descent over activations, several frames to a vector, once per target. Included by
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
#include <type_traits>

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

/// One sweep over kVectors vectors of frames that lie in rows; adds the violations met, if wanted.
/// Sums over even and odd components are kept apart, for twice as many chains of additions.
template <Index kVectors, bool kViolation, class T, class V>
HWY_INLINE void DescendSweep(const DescendArgs<T>& p, const T* correlation, T* h, V& violation) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  const V zero = hn::Zero(d);
  for (Index k = 0; k < p.components; ++k) {
    const T* gram = p.gram + k * p.gram_stride;
    V slope[kVectors];
    V odd[kVectors];
    for (Index v = 0; v < kVectors; ++v) {
      slope[v] = hn::Neg(hn::Load(d, correlation + k * kDescendFrames + v * lanes));
      odd[v] = zero;
    }
    const auto add = [&](Index j, V* sums) HWY_ATTR {
      const V g = hn::Set(d, gram[j]);
      const T* row = h + j * kDescendFrames;
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
    T* row = h + k * kDescendFrames;
    if constexpr (kViolation) {
      for (Index v = 0; v < kVectors; ++v) {
        const V at = hn::Load(d, row + v * lanes);
        const V projected = hn::IfThenElse(hn::Eq(at, zero), hn::Min(slope[v], zero), slope[v]);
        violation = hn::Add(violation, hn::Abs(projected));
      }
    }
    if (gram[k] == 0) continue;
    const V step = hn::Set(d, T{1} / gram[k]);
    for (Index v = 0; v < kVectors; ++v) {
      const V at = hn::Load(d, row + v * lanes);
      hn::Store(hn::Max(hn::NegMulAdd(slope[v], step, at), zero), d, row + v * lanes);
    }
  }
}

template <class T>
HWY_INLINE double Descend(const DescendArgs<T>& p) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  T* h = p.scratch;
  T* correlation = p.scratch + p.components * kDescendFrames;
  double violation = 0;
  for (Index first = 0; first < p.cols; first += kDescendFrames) {
    const Index count = std::min(kDescendFrames, p.cols - first);
    T* columns = p.h + first * p.h_stride;
    TurnToRows(columns, p.h_stride, p.components, count, h);
    TurnToRows(p.correlation + first * p.correlation_stride, p.correlation_stride, p.components,
               count, correlation);
    auto met = hn::Zero(d);
    auto not_counted = hn::Zero(d);
    const auto sweep = [&](Index at, bool first_sweep, auto vectors) HWY_ATTR {
      if (first_sweep) {
        DescendSweep<vectors.value, true>(p, correlation + at, h + at, met);
      } else {
        DescendSweep<vectors.value, false>(p, correlation + at, h + at, not_counted);
      }
    };
    for (Index s = 0; s < p.sweeps; ++s) {
      for (Index at = 0; at < count;) {
        const Index vectors = (kDescendFrames - at) / lanes;
        if (vectors >= 4) {
          sweep(at, s == 0, std::integral_constant<Index, 4>{});
          at += 4 * lanes;
        } else if (vectors >= 2) {
          sweep(at, s == 0, std::integral_constant<Index, 2>{});
          at += 2 * lanes;
        } else {
          sweep(at, s == 0, std::integral_constant<Index, 1>{});
          at += lanes;
        }
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

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
