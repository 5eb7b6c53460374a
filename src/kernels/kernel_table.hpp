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
  bool add = false;  ///< to what C holds
  /// The `inner` columns behind A are read next: the caller walks over a larger matrix in blocks.
  bool fetch_next = false;
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

/// A block of frames and the factors at which its cells are weighed for a multiplicative update of
/// the beta-divergence, beta != 2 (Fevotte and Idier 2011, eq. 4.1): with the model m = (W H)(f, n)
/// of a cell x, numerator(f, n) = x m^(beta-2) and denominator(f, n) = m^(beta-1). The padding of W
/// is zero.
template <class T>
struct BetaArgs {
  const T* x;  ///< data [rows x cols]; for beta != 1 a cell counts as at least x_floor
  Index x_stride;
  const T* w;  ///< [rows x components]
  Index w_stride;
  const T* h;  ///< [components x cols]
  Index h_stride;
  Index rows;
  Index components;
  Index cols;
  double beta;
  T x_floor;
  T model_below;        ///< a model value smaller than this ...
  T model_replacement;  ///< ... counts as this one, so that no power of zero is taken
  T data_counts_above;  ///< the objective takes a smaller or equal x as 0
  bool want_objective;
  T* scratch;  ///< kBetaScratchBytes for every component, 64-byte aligned
};

/// Eight vectors, of at most 64 bytes.
inline constexpr Index kBetaScratchBytes = 512;

/// Where the sums over a block go. For beta = 1, whose denominators are all 1, `denominator` is not
/// touched.
template <class T>
struct BetaSums {
  T* numerator;
  T* denominator;
  Index stride;
};

/// Sweeps of coordinate descent over the activations of a block (Cichocki and Phan 2009, alg. 2):
/// for every frame n and k = 0, 1, ...: H(k, n) = max(0, H(k, n) - (sum_j gram(k, j) H(j, n) -
/// correlation(k, n)) / gram(k, k)). A zero gram(k, k) leaves H(k, n) alone.
template <class T>
struct DescendArgs {
  const T* gram;  ///< symmetric [components x components]
  Index gram_stride;
  const T* correlation;  ///< [components x cols]
  Index correlation_stride;
  T* h;  ///< [components x cols]
  Index h_stride;
  Index components;
  Index cols;
  Index sweeps;  ///< at least 1
  T* scratch;    ///< 2 * components * kDescendFrames, 64-byte aligned
};

/// Frames that coordinate descent takes at once.
inline constexpr Index kDescendFrames = 32;

/// The same over templates, for every bin: W(f, k) = max(0, W(f, k) - (sum_j gram(k, j) W(f, j) -
/// correlation(f, k)) / gram(k, k)), for every k that is not kept.
template <class T>
struct DescendTemplatesArgs {
  const T* gram;  ///< symmetric [components x components]
  Index gram_stride;
  const T* correlation;  ///< [rows x components]
  Index correlation_stride;
  T* w;  ///< [rows x components]
  Index w_stride;
  const bool* keep;  ///< [components]: true: this column stays; null: none does
  Index rows;
  Index components;
  Index sweeps;  ///< at least 1
};

/// The kernels for one element type. Those of the beta-divergence return the block's sum of
/// divergences, if it is wanted.
template <class T>
struct KernelTable {
  void (*multiply)(const MultiplyArgs<T>&);
  void (*multiply_transposed)(const TransposedArgs<T>&);
  /// W' numerator and W' denominator [components x cols].
  double (*beta_correlate)(const BetaArgs<T>&, const BetaSums<T>&);
  /// numerator H' and denominator H' [rows x components], added to what is there.
  double (*beta_accumulate)(const BetaArgs<T>&, const BetaSums<T>&);
  /// Returns the sum of |projected gradient| that the first sweep met, each before its step.
  double (*descend)(const DescendArgs<T>&);
  double (*descend_templates)(const DescendTemplatesArgs<T>&);
};

/// The fastest kernels this processor has (Google Highway, chosen at run time).
template <class T>
const KernelTable<T>& kernel_table();

/// The same as plain loops: the definition, and the oracle of the tests.
template <class T>
const KernelTable<T>& scalar_kernel_table();

}  // namespace partwise::kernels
