// The beta-divergence's sums over a block, once per target. Included by simd.cpp.
//
// The model of a tile (a few vectors of bins by four frames) is made in registers, weighed there,
// and multiplied from there by W or H into sums that stay in the first cache: of the block itself
// only X is read, and nothing of its size is written.
#if defined(PARTWISE_BETA_TILES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARTWISE_BETA_TILES_INL
#undef PARTWISE_BETA_TILES_INL
#else
#define PARTWISE_BETA_TILES_INL
#endif

#include <hwy/highway.h>

#include <kernels/beta_loss-inl.hpp>
#include <kernels/kernel_table.hpp>
#include <kernels/products-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// A tile of a general power is one vector high: its exponentials take so long that nothing is
// gained by more, and they would be written out for each.
template <class Loss, Index kColumns>
constexpr Index kBetaTileVectors = Loss::kTakesLog ? kTileVectors<kColumns> : 1;

/// The weights of a tile.
template <class V, Index kVectors, Index kColumns>
struct TileWeights {
  V numerator[kVectors][kColumns];
  V denominator[kVectors][kColumns];
};

/// The weights of kVectors vectors of bins from `row` by kColumns frames from `col`; adds the
/// divergences to `sums`, one for each frame.
template <Index kVectors, Index kColumns, bool kObjective, class Loss, class T, class V>
HWY_INLINE void WeighTileInline(const Loss& loss, const BetaArgs<T>& p, Index row, Index col,
                                TileWeights<V, kVectors, kColumns>& out, V* sums) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  V model[kVectors][kColumns];
  TileOfProduct<kVectors, kColumns, false>(
      MultiplyArgs<T>{p.w, p.w_stride, p.h, 1, p.h_stride, nullptr, 0, p.rows, p.components,
                      p.cols},
      row, col, model);
  for (Index v = 0; v < kVectors; ++v) {
    const Index f = row + v * lanes;
    V x[kColumns];
    V m[kColumns];
    for (Index j = 0; j < kColumns; ++j) {
      m[j] = hn::IfThenElse(hn::Lt(model[v][j], hn::Set(d, p.model_below)),
                            hn::Set(d, p.model_replacement), model[v][j]);
      x[j] = hn::Load(d, p.x + f + (col + j) * p.x_stride);
      if constexpr (Loss::kHasFloor) x[j] = hn::Max(x[j], hn::Set(d, p.x_floor));
      loss.Weights(d, x[j], m[j], out.numerator[v][j], out.denominator[v][j]);
    }
    if constexpr (kObjective) {
      V log[kColumns];
      for (Index j = 0; j < kColumns; ++j) {
        x[j] = hn::IfThenElseZero(hn::Gt(x[j], hn::Set(d, p.data_counts_above)), x[j]);
        log[j] = loss.LogArgument(d, x[j], out.numerator[v][j], out.denominator[v][j]);
      }
      if constexpr (Loss::kTakesLog) LogsAboveZero(d, log);
      for (Index j = 0; j < kColumns; ++j) {
        V divergence = loss.Divergence(d, x[j], m[j], out.denominator[v][j], log[j]);
        if (f + lanes > p.rows) {
          divergence =
              hn::IfThenElseZero(hn::FirstN(d, static_cast<std::size_t>(p.rows - f)), divergence);
        }
        sums[j] = hn::Add(sums[j], divergence);
      }
    }
  }
}

template <Index kVectors, Index kColumns, bool kObjective, class Loss, class T, class V>
HWY_NOINLINE void WeighTileApart(const Loss& loss, const BetaArgs<T>& p, Index row, Index col,
                                 TileWeights<V, kVectors, kColumns>& out, V* sums) {
  WeighTileInline<kVectors, kColumns, kObjective>(loss, p, row, col, out, sums);
}

/// Inlined where it is most of the work. At the edges of a block, and where powers cost far more
/// than a call, all callers share one copy: those copies were half of what the compiler had to do.
template <Index kVectors, Index kColumns, bool kObjective, class Loss, class T, class V>
HWY_INLINE void WeighTile(const Loss& loss, const BetaArgs<T>& p, Index row, Index col,
                          TileWeights<V, kVectors, kColumns>& out, V* sums) {
  if constexpr (kVectors > 1 && kColumns > 1) {
    WeighTileInline<kVectors, kColumns, kObjective>(loss, p, row, col, out, sums);
  } else {
    WeighTileApart<kVectors, kColumns, kObjective>(loss, p, row, col, out, sums);
  }
}

/// sums(k, j), a vector each, += the bins' share of W' weights.
template <Index kVectors, Index kColumns, class T, class V>
HWY_INLINE void CorrelateTile(const BetaArgs<T>& p, Index row,
                              const V (&weights)[kVectors][kColumns], T* sums) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  const T* w = p.w + row;
  for (Index k = 0; k < p.components; ++k, w += p.w_stride, sums += kColumns * lanes) {
    V bins[kVectors];
    for (Index v = 0; v < kVectors; ++v) bins[v] = hn::Load(d, w + v * lanes);
    for (Index j = 0; j < kColumns; ++j) {
      V sum = hn::Load(d, sums + j * lanes);
      for (Index v = 0; v < kVectors; ++v) sum = hn::MulAdd(bins[v], weights[v][j], sum);
      hn::Store(sum, d, sums + j * lanes);
    }
  }
}

/// sums(f, k) += the frames' share of weights H'.
template <Index kVectors, Index kColumns, class T, class V>
HWY_INLINE void AccumulateTile(const BetaArgs<T>& p, Index row, Index col,
                               const V (&weights)[kVectors][kColumns], T* sums, Index stride) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  const T* h = p.h + col * p.h_stride;
  sums += row;
  for (Index k = 0; k < p.components; ++k, ++h, sums += stride) {
    V sum[kVectors];
    for (Index v = 0; v < kVectors; ++v) sum[v] = hn::Load(d, sums + v * lanes);
    for (Index j = 0; j < kColumns; ++j) {
      const V activation = hn::Set(d, h[j * p.h_stride]);
      for (Index v = 0; v < kVectors; ++v) sum[v] = hn::MulAdd(weights[v][j], activation, sum[v]);
    }
    for (Index v = 0; v < kVectors; ++v) hn::Store(sum[v], d, sums + v * lanes);
  }
}

/// kColumns frames from `col`: their correlations with W, and their divergence.
template <Index kColumns, bool kObjective, class Loss, class T>
HWY_INLINE double CorrelateColumns(const Loss& loss, const BetaArgs<T>& p, const BetaSums<T>& out,
                                   Index col) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  T* numerators = p.scratch;
  T* denominators = p.scratch + p.components * kColumns * lanes;
  const Index used = (Loss::kHasDenominator ? 2 : 1) * p.components * kColumns * lanes;
  for (Index i = 0; i < used; i += lanes) hn::Store(hn::Zero(d), d, p.scratch + i);
  V divergences[kColumns];
  for (Index j = 0; j < kColumns; ++j) divergences[j] = hn::Zero(d);
  constexpr Index kVectors = kBetaTileVectors<Loss, kColumns>;
  Index row = 0;
  for (; row + (kVectors - 1) * lanes < p.rows; row += kVectors * lanes) {
    TileWeights<V, kVectors, kColumns> weights;
    WeighTile<kVectors, kColumns, kObjective>(loss, p, row, col, weights, divergences);
    CorrelateTile(p, row, weights.numerator, numerators);
    if constexpr (Loss::kHasDenominator) CorrelateTile(p, row, weights.denominator, denominators);
  }
  for (; row < p.rows; row += lanes) {
    TileWeights<V, 1, kColumns> weights;
    WeighTile<1, kColumns, kObjective>(loss, p, row, col, weights, divergences);
    CorrelateTile(p, row, weights.numerator, numerators);
    if constexpr (Loss::kHasDenominator) CorrelateTile(p, row, weights.denominator, denominators);
  }
  const auto sum_up = [&](const T* sums, T* to) HWY_ATTR {
    for (Index k = 0; k < p.components; ++k) {
      for (Index j = 0; j < kColumns; ++j) {
        to[k + (col + j) * out.stride] =
            hn::GetLane(hn::SumOfLanes(d, hn::Load(d, sums + (k * kColumns + j) * lanes)));
      }
    }
  };
  sum_up(numerators, out.numerator);
  if constexpr (Loss::kHasDenominator) sum_up(denominators, out.denominator);
  double objective = 0;
  if constexpr (kObjective) {
    // A column is short enough for T; columns are added in double.
    for (Index j = 0; j < kColumns; ++j) {
      objective += static_cast<double>(hn::GetLane(hn::SumOfLanes(d, divergences[j])));
    }
  }
  return objective;
}

template <bool kObjective, class Loss, class T>
HWY_NOINLINE double CorrelateBlock(const Loss& loss, const BetaArgs<T>& p, const BetaSums<T>& out) {
  constexpr Index kColumns = 4;
  double objective = 0;
  Index col = 0;
  for (; col + kColumns <= p.cols; col += kColumns) {
    objective += CorrelateColumns<kColumns, kObjective>(loss, p, out, col);
  }
  for (; col < p.cols; ++col) objective += CorrelateColumns<1, kObjective>(loss, p, out, col);
  return objective;
}

/// kVectors vectors of bins from `row`: their sums over all frames of the block.
template <Index kVectors, bool kObjective, class Loss, class T>
HWY_INLINE double AccumulateRows(const Loss& loss, const BetaArgs<T>& p, const BetaSums<T>& out,
                                 Index row) {
  const hn::ScalableTag<T> d;
  using V = hn::Vec<decltype(d)>;
  constexpr Index kColumns = 4;
  V divergences[kColumns];
  for (Index j = 0; j < kColumns; ++j) divergences[j] = hn::Zero(d);
  const auto add = [&](Index col, const auto& weights) HWY_ATTR {
    AccumulateTile(p, row, col, weights.numerator, out.numerator, out.stride);
    if constexpr (Loss::kHasDenominator) {
      AccumulateTile(p, row, col, weights.denominator, out.denominator, out.stride);
    }
  };
  Index col = 0;
  for (; col + kColumns <= p.cols; col += kColumns) {
    TileWeights<V, kVectors, kColumns> weights;
    WeighTile<kVectors, kColumns, kObjective>(loss, p, row, col, weights, divergences);
    add(col, weights);
  }
  for (; col < p.cols; ++col) {
    TileWeights<V, kVectors, 1> weights;
    WeighTile<kVectors, 1, kObjective>(loss, p, row, col, weights, divergences);
    add(col, weights);
  }
  if constexpr (!kObjective) return 0;
  const V sum =
      hn::Add(hn::Add(divergences[0], divergences[1]), hn::Add(divergences[2], divergences[3]));
  return static_cast<double>(hn::GetLane(hn::SumOfLanes(d, sum)));
}

template <bool kObjective, class Loss, class T>
HWY_NOINLINE double AccumulateBlock(const Loss& loss, const BetaArgs<T>& p,
                                    const BetaSums<T>& out) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  constexpr Index kVectors = kBetaTileVectors<Loss, 4>;
  double objective = 0;
  Index row = 0;
  for (; row + (kVectors - 1) * lanes < p.rows; row += kVectors * lanes) {
    objective += AccumulateRows<kVectors, kObjective>(loss, p, out, row);
  }
  for (; row < p.rows; row += lanes) objective += AccumulateRows<1, kObjective>(loss, p, out, row);
  return objective;
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
