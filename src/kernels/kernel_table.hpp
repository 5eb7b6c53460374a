#pragma once
#include <partwise/index.hpp>

namespace partwise::kernels {

// Column-major operands. Columns are 64-byte aligned, their stride is a multiple of 64 bytes, and a
// kernel may read and write the padding behind `rows` up to the next multiple of 64 bytes. Padding
// of inputs is finite; what a kernel leaves in the padding of its output is finite.

/// C [rows x cols] = A [rows x inner] B [inner x cols], where B(i, j) = b[i*b_inner + j*b_col].
template <class T>
struct MultiplyArgs {
  const T* a;
  Index a_stride;
  const T* b;
  Index b_inner;
  Index b_col;
  T* c;
  Index c_stride;
  Index rows;
  Index inner;
  Index cols;
};

/// C [a_cols x b_cols] = A' B with A [rows x a_cols], B [rows x b_cols]; C(i, j) = c[i +
/// j*c_stride]. The padding of at least one of A and B is zero.
template <class T>
struct TransposedArgs {
  const T* a;
  Index a_stride;
  const T* b;
  Index b_stride;
  T* c;
  Index c_stride;
  Index rows;
  Index a_cols;
  Index b_cols;
};

/// What the cells of a block contribute to a multiplicative update of the beta-divergence, beta !=
/// 2 (Fevotte and Idier 2011, eq. 4.1): numerator(f, n) = x m^(beta-2), denominator(f, n) =
/// m^(beta-1).
template <class T>
struct BetaCellsArgs {
  const T* x;  ///< data [rows x cols]
  const T* m;  ///< model [rows x cols]
  T* numerator;
  T* denominator;  ///< not touched for beta = 1, where it is 1
  Index stride;    ///< of all four
  Index rows;
  Index cols;
  double beta;
  T model_below;        ///< a model value smaller than this ...
  T model_replacement;  ///< ... counts as this one, so that no power of zero is taken
  T data_counts_above;  ///< the objective takes a smaller or equal x as 0
  bool want_objective;
};

/// The kernels for one element type. `beta_cells` returns the block's sum of divergences if wanted.
template <class T>
struct KernelTable {
  void (*multiply)(const MultiplyArgs<T>&);
  void (*multiply_transposed)(const TransposedArgs<T>&);
  double (*beta_cells)(const BetaCellsArgs<T>&);
};

/// The fastest kernels this processor has (Google Highway, chosen at run time).
template <class T>
const KernelTable<T>& kernel_table();

/// The same as plain loops: the definition, and the oracle of the tests.
template <class T>
const KernelTable<T>& scalar_kernel_table();

}  // namespace partwise::kernels
