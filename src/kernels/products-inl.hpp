// Matrix products on blocks, once per target. Included by simd.cpp under Highway's foreach_target.
#if defined(PARTWISE_PRODUCTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARTWISE_PRODUCTS_INL
#undef PARTWISE_PRODUCTS_INL
#else
#define PARTWISE_PRODUCTS_INL
#endif

#include <hwy/highway.h>

#include <kernels/kernel_table.hpp>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Vectors of rows in a tile of so many columns: 10 to 12 accumulators leave room for the operands
// in 16 registers, and are enough to hide the latency of two multiply-add units.
template <Index kColumns>
constexpr Index kTileVectors = kColumns == 1 ? 6 : 12 / kColumns;

// The widest tile.
constexpr Index kMostTileColumns = 6;

/// Asks for kVectors vectors from p in the second cache, before they are needed.
template <Index kVectors, class T>
HWY_INLINE void Fetch(const T* p) {
  constexpr Index kLineBytes = 64;
  constexpr int kRead = 0;
  constexpr int kSecondCache = 2;
  const auto bytes = kVectors * static_cast<Index>(sizeof(T) * hn::Lanes(hn::ScalableTag<T>()));
  const auto* at = reinterpret_cast<const char*>(p);
  for (Index i = 0; i < bytes; i += kLineBytes) __builtin_prefetch(at + i, kRead, kSecondCache);
}

/// sum[v][j] = the product's kVectors vectors of rows from `row` in the columns from `col`.
template <Index kVectors, Index kColumns, bool kFetch, class T, class V>
HWY_INLINE void TileOfProduct(const MultiplyArgs<T>& p, Index row, Index col,
                              V (&sum)[kVectors][kColumns]) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  for (Index v = 0; v < kVectors; ++v) {
    for (Index j = 0; j < kColumns; ++j) sum[v][j] = hn::Zero(d);
  }
  const T* a = p.a + row;
  const T* b = p.b + col * p.b_col;
  for (Index i = 0; i < p.inner; ++i, a += p.a_stride, b += p.b_inner) {
    if constexpr (kFetch) Fetch<kVectors>(a + p.inner * p.a_stride);
    V left[kVectors];
    for (Index v = 0; v < kVectors; ++v) left[v] = hn::Load(d, a + v * lanes);
    for (Index j = 0; j < kColumns; ++j) {
      const auto right = hn::Set(d, b[j * p.b_col]);
      for (Index v = 0; v < kVectors; ++v) sum[v][j] = hn::MulAdd(left[v], right, sum[v][j]);
    }
  }
}

template <Index kVectors, Index kColumns, bool kFetch, class T>
HWY_INLINE void MultiplyTile(const MultiplyArgs<T>& p, Index row, Index col) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  hn::Vec<decltype(d)> sum[kVectors][kColumns];
  TileOfProduct<kVectors, kColumns, kFetch>(p, row, col, sum);
  for (Index j = 0; j < kColumns; ++j) {
    for (Index v = 0; v < kVectors; ++v) {
      T* to = p.c + row + v * lanes + (col + j) * p.c_stride;
      hn::Store(p.add ? hn::Add(hn::Load(d, to), sum[v][j]) : sum[v][j], d, to);
    }
  }
}

template <Index kColumns, bool kFetch, class T>
HWY_INLINE void MultiplyColumns(const MultiplyArgs<T>& p, Index col) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  constexpr Index kVectors = kTileVectors<kColumns>;
  Index row = 0;
  for (; row + (kVectors - 1) * lanes < p.rows; row += kVectors * lanes) {
    MultiplyTile<kVectors, kColumns, kFetch>(p, row, col);
  }
  for (; row < p.rows; row += lanes) MultiplyTile<1, kColumns, kFetch>(p, row, col);
}

template <Index kColumns, class T>
HWY_NOINLINE void MultiplyColumns(const MultiplyArgs<T>& p, Index col) {
  if (p.fetch_next && col == 0) {
    MultiplyColumns<kColumns, true>(p, col);
  } else {
    MultiplyColumns<kColumns, false>(p, col);
  }
}

template <class T>
HWY_NOINLINE void Multiply(const MultiplyArgs<T>& p) {
  Index col = 0;
  for (; p.cols - col > kMostTileColumns || p.cols - col == 4; col += 4) {
    MultiplyColumns<4>(p, col);
  }
  switch (p.cols - col) {
    case 6:
      return MultiplyColumns<6>(p, col);
    case 5:
      return MultiplyColumns<5>(p, col);
    case 3:
      return MultiplyColumns<3>(p, col);
    case 2:
      return MultiplyColumns<2>(p, col);
    case 1:
      return MultiplyColumns<1>(p, col);
    default:
      return;
  }
}

template <Index kLeft, Index kRight, class T>
HWY_INLINE void TransposedTile(const TransposedArgs<T>& p, Index left, Index right) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  hn::Vec<decltype(d)> sum[kLeft][kRight];
  for (Index i = 0; i < kLeft; ++i) {
    for (Index j = 0; j < kRight; ++j) sum[i][j] = hn::Zero(d);
  }
  const T* a = p.a + left * p.a_stride;
  const T* b = p.b + right * p.b_stride;
  for (Index row = 0; row < p.rows; row += lanes) {
    hn::Vec<decltype(d)> y[kRight];
    for (Index j = 0; j < kRight; ++j) y[j] = hn::Load(d, b + row + j * p.b_stride);
    for (Index i = 0; i < kLeft; ++i) {
      const auto x = hn::Load(d, a + row + i * p.a_stride);
      for (Index j = 0; j < kRight; ++j) sum[i][j] = hn::MulAdd(x, y[j], sum[i][j]);
    }
  }
  for (Index j = 0; j < kRight; ++j) {
    for (Index i = 0; i < kLeft; ++i) {
      p.c[left + i + (right + j) * p.c_stride] = hn::GetLane(hn::SumOfLanes(d, sum[i][j]));
    }
  }
}

/// kLeft columns of A, which stay in the first cache, by all columns of B.
template <Index kLeft, class T>
HWY_INLINE void TransposedRows(const TransposedArgs<T>& p, Index left) {
  constexpr Index kRight = kLeft < 4 ? 4 : 3;  // again 12 accumulators, or as many as there can be
  Index right = 0;
  for (; right + kRight <= p.b_cols; right += kRight) TransposedTile<kLeft, kRight>(p, left, right);
  for (; right + 2 <= p.b_cols; right += 2) TransposedTile<kLeft, 2>(p, left, right);
  for (; right < p.b_cols; ++right) TransposedTile<kLeft, 1>(p, left, right);
}

template <class T>
HWY_NOINLINE void MultiplyTransposed(const TransposedArgs<T>& p) {
  Index left = 0;
  // By threes where that leaves a fuller last tile than by fours: 3, 6, 9.
  const bool by_three = p.a_cols % 3 == 0 && p.a_cols < 12;
  while (p.a_cols - left >= 4 && !by_three) {
    TransposedRows<4>(p, left);
    left += 4;
  }
  while (p.a_cols - left >= 3) {
    TransposedRows<3>(p, left);
    left += 3;
  }
  if (p.a_cols - left == 2) {
    TransposedRows<2>(p, left);
  } else if (p.a_cols - left == 1) {
    TransposedRows<1>(p, left);
  }
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
