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

// Three vectors of rows by four columns: 12 accumulators leave room for the operands in the 16
// registers of AVX2.
constexpr Index kTileVectors = 3;
constexpr Index kTileColumns = 4;

template <Index kVectors, Index kColumns, class T>
HWY_INLINE void MultiplyTile(const MultiplyArgs<T>& p, Index row, Index col) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  hn::Vec<decltype(d)> sum[kVectors][kColumns];
  for (Index v = 0; v < kVectors; ++v) {
    for (Index j = 0; j < kColumns; ++j) sum[v][j] = hn::Zero(d);
  }
  const T* a = p.a + row;
  const T* b = p.b + col * p.b_col;
  for (Index i = 0; i < p.inner; ++i, a += p.a_stride, b += p.b_inner) {
    hn::Vec<decltype(d)> left[kVectors];
    for (Index v = 0; v < kVectors; ++v) left[v] = hn::Load(d, a + v * lanes);
    for (Index j = 0; j < kColumns; ++j) {
      const auto right = hn::Set(d, b[j * p.b_col]);
      for (Index v = 0; v < kVectors; ++v) sum[v][j] = hn::MulAdd(left[v], right, sum[v][j]);
    }
  }
  for (Index j = 0; j < kColumns; ++j) {
    for (Index v = 0; v < kVectors; ++v) {
      hn::Store(sum[v][j], d, p.c + row + v * lanes + (col + j) * p.c_stride);
    }
  }
}

template <Index kColumns, class T>
HWY_INLINE void MultiplyColumns(const MultiplyArgs<T>& p, Index col) {
  const hn::ScalableTag<T> d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  Index row = 0;
  for (; row + kTileVectors * lanes <= p.rows; row += kTileVectors * lanes) {
    MultiplyTile<kTileVectors, kColumns>(p, row, col);
  }
  for (; row < p.rows; row += lanes) MultiplyTile<1, kColumns>(p, row, col);
}

template <class T>
HWY_INLINE void Multiply(const MultiplyArgs<T>& p) {
  Index col = 0;
  for (; col + kTileColumns <= p.cols; col += kTileColumns) MultiplyColumns<kTileColumns>(p, col);
  switch (p.cols - col) {
    case 3:
      MultiplyColumns<3>(p, col);
      break;
    case 2:
      MultiplyColumns<2>(p, col);
      break;
    case 1:
      MultiplyColumns<1>(p, col);
      break;
    default:
      break;
  }
}

// Four columns of A by three of B, again 12 accumulators.
constexpr Index kDotLeft = 4;
constexpr Index kDotRight = 3;

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

template <Index kRight, class T>
HWY_INLINE void TransposedColumns(const TransposedArgs<T>& p, Index right) {
  Index left = 0;
  for (; left + kDotLeft <= p.a_cols; left += kDotLeft) {
    TransposedTile<kDotLeft, kRight>(p, left, right);
  }
  switch (p.a_cols - left) {
    case 3:
      TransposedTile<3, kRight>(p, left, right);
      break;
    case 2:
      TransposedTile<2, kRight>(p, left, right);
      break;
    case 1:
      TransposedTile<1, kRight>(p, left, right);
      break;
    default:
      break;
  }
}

template <class T>
HWY_INLINE void MultiplyTransposed(const TransposedArgs<T>& p) {
  Index right = 0;
  for (; right + kDotRight <= p.b_cols; right += kDotRight) TransposedColumns<kDotRight>(p, right);
  switch (p.b_cols - right) {
    case 2:
      TransposedColumns<2>(p, right);
      break;
    case 1:
      TransposedColumns<1>(p, right);
      break;
    default:
      break;
  }
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
