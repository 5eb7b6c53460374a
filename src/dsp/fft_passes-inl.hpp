#pragma once
// The real FFT of a power of two of samples, kFrameLanes frames side by side: a complex FFT of half
// the length over pairs of neighbouring samples (even ones real, odd ones imaginary), and one pass
// that takes the two halves apart (Cooley and Tukey 1965; Press et al., Numerical Recipes, 12.3.2).
// See registers-inl.hpp.
//
// The passes are of radix 4, in place and depth first: what a sub-transform needs stays in the
// nearest cache. They leave value k at order[k], its digits to base 4 reversed; a value of all
// lanes is a cache line, so the pass that follows loses nothing by following that order.
#include <dsp/lane_kernels.hpp>
#include <dsp/registers-inl.hpp>

namespace partwise::PARTWISE_LANES_NAMESPACE {
namespace {

/// Complex values of all lanes that a first-level cache holds, with room for tables.
template <class T>
constexpr Index kCachedPoints = 256 * sizeof(float) / sizeof(T);

template <class T>
struct Complex {
  Register<T> re, im;
};

template <class T>
inline Complex<T> load(const T* values, Index k) {
  return {at(values, 2 * k), at(values, 2 * k + 1)};
}
template <class T>
inline void store(T* values, Index k, Complex<T> z) {
  at(values, 2 * k) = z.re;
  at(values, 2 * k + 1) = z.im;
}
template <class T>
inline Complex<T> operator+(Complex<T> a, Complex<T> b) {
  return {a.re + b.re, a.im + b.im};
}
template <class T>
inline Complex<T> operator-(Complex<T> a, Complex<T> b) {
  return {a.re - b.re, a.im - b.im};
}
/// z (re + i im)
template <class T>
inline Complex<T> times(Complex<T> z, T re, T im) {
  return {z.re * re - z.im * im, z.im * re + z.re * im};
}
/// z (re - i im)
template <class T>
inline Complex<T> times_conjugate(Complex<T> z, T re, T im) {
  return {z.re * re + z.im * im, z.im * re - z.re * im};
}
/// z times i, or times -i for the forward transform.
template <bool kForward, class T>
inline Complex<T> quarter_turn(Complex<T> z) {
  if constexpr (kForward) return {z.im, -z.re};
  return {-z.im, z.re};
}

/// The four-point transform.
template <bool kForward, class T>
inline void butterfly(Complex<T>& a, Complex<T>& b, Complex<T>& c, Complex<T>& d) {
  const Complex<T> sum = a + c, difference = a - c, other_sum = b + d;
  const Complex<T> turned = quarter_turn<kForward>(b - d);
  a = sum + other_sum;
  b = difference + turned;
  c = sum - other_sum;
  d = difference - turned;
}

/// One pass of radix 4 over `size` > 4 values.
template <bool kForward, class T>
inline void pass(T* values, Index size, const T* twiddles) {
  const Index quarter = size / 4;
  for (Index j = 0; j < quarter; ++j, twiddles += 6) {
    Complex<T> a = load(values, j);
    Complex<T> b = load(values, j + quarter);
    Complex<T> c = load(values, j + 2 * quarter);
    Complex<T> d = load(values, j + 3 * quarter);
    if constexpr (kForward) {
      butterfly<true>(a, b, c, d);
      b = times(b, twiddles[0], twiddles[1]);
      c = times(c, twiddles[2], twiddles[3]);
      d = times(d, twiddles[4], twiddles[5]);
    } else {
      b = times_conjugate(b, twiddles[0], twiddles[1]);
      c = times_conjugate(c, twiddles[2], twiddles[3]);
      d = times_conjugate(d, twiddles[4], twiddles[5]);
      butterfly<false>(a, b, c, d);
    }
    store(values, j, a);
    store(values, j + quarter, b);
    store(values, j + 2 * quarter, c);
    store(values, j + 3 * quarter, d);
  }
}

/// The pass of radix 2 over all values, where their number is no power of four.
template <bool kForward, class T>
inline void halving_pass(T* values, Index points, const T* twiddles) {
  const Index half = points / 2;
  for (Index j = 0; j < half; ++j, twiddles += 2) {
    const Complex<T> a = load(values, j), b = load(values, j + half);
    if constexpr (kForward) {
      store(values, j, a + b);
      store(values, j + half, times(a - b, twiddles[0], twiddles[1]));
    } else {
      const Complex<T> turned = times_conjugate(b, twiddles[0], twiddles[1]);
      store(values, j, a + turned);
      store(values, j + half, a - turned);
    }
  }
}

/// Passes of radix 4 over `size` values, down to and without those over 4 values.
template <bool kForward, class T>
void quartering_passes(T* values, Index size, const T* twiddles) {
  const Index quarter = size / 4;
  const T* next = twiddles + 6 * quarter;
  if (size > kCachedPoints<T>) {
    if constexpr (kForward) pass<true>(values, size, twiddles);
    for (Index r = 0; r < 4; ++r) {
      quartering_passes<kForward>(values + r * quarter * 2 * kFrameLanes<T>, quarter, next);
    }
    if constexpr (!kForward) pass<false>(values, size, twiddles);
    return;
  }
  // Level by level. Forward from the largest pieces, back from the smallest.
  const T* level = twiddles;
  Index piece = size;
  if constexpr (!kForward) {
    for (; piece > 16; piece /= 4) level += 6 * (piece / 4);
  }
  while (piece > 4 && piece <= size) {
    for (Index k = 0; k < size; k += piece) {
      pass<kForward>(values + k * 2 * kFrameLanes<T>, piece, level);
    }
    if constexpr (kForward) {
      level += 6 * (piece / 4);
      piece /= 4;
    } else {
      piece *= 4;
      level -= 6 * (piece / 4);
    }
  }
}

template <bool kForward, class T>
void passes(T* values, const PowerOfTwoTables<T>& tables) {
  const Index points = tables.points;
  if (!tables.is_halved_first) {
    quartering_passes<kForward>(values, points, tables.pass_twiddles);
    return;
  }
  const Index half = points / 2;
  if constexpr (kForward) halving_pass<true>(values, points, tables.pass_twiddles);
  for (Index r = 0; r < 2; ++r) {
    quartering_passes<kForward>(values + r * half * 2 * kFrameLanes<T>, half,
                                tables.pass_twiddles + 2 * half);
  }
  if constexpr (!kForward) halving_pass<false>(values, points, tables.pass_twiddles);
}

/// Four values a quarter of all apart: what the pass over 4 neighbours reads or leaves.
template <class T>
struct Four {
  Complex<T> z[4];
};

/// From Z = E + i O, the transforms of even and odd samples: X[k] = E[k] + w^k O[k] and
/// X[points - k] = conj(E[k] - w^k O[k]), w = exp(-2 pi i / n), for 0 < k <= points / 2. Packed,
/// the real part of bin f is row 2 f - 1.
template <class T>
inline void store_bins(const PowerOfTwoTables<T>& tables, T* spectra, Index k, Complex<T> a,
                       Complex<T> b) {
  const T half = T(0.5);
  const Complex<T> even = {(a.re + b.re) * half, (a.im - b.im) * half};
  const Complex<T> odd = {(a.im + b.im) * half, (b.re - a.re) * half};
  const Complex<T> turned =
      times(odd, tables.real_twiddles[2 * k], tables.real_twiddles[2 * k + 1]);
  at(spectra, 2 * k - 1) = even.re + turned.re;
  at(spectra, 2 * k) = even.im + turned.im;
  at(spectra, 2 * (tables.points - k) - 1) = even.re - turned.re;
  at(spectra, 2 * (tables.points - k)) = turned.im - even.im;
}

/// The last pass over 4 neighbours that begin with value k.
template <class T>
inline Four<T> last_pass(const PowerOfTwoTables<T>& tables, const T* values, Index k) {
  const T* from = values + tables.order[k] * 2 * kFrameLanes<T>;
  Four<T> four = {{load(from, 0), load(from, 1), load(from, 2), load(from, 3)}};
  butterfly<true>(four.z[0], four.z[1], four.z[2], four.z[3]);
  return four;
}

/// The last pass and the parting of even and odd in one: of two groups of four values, k + i
/// points/4 and points/4 - k + i points/4, each has the partners of the other.
template <class T>
inline void forward_lanes(const PowerOfTwoTables<T>& tables, T* samples, T* spectra) {
  const Index points = tables.points, quarter = points / 4;
  passes<true>(samples, tables);
  const Four<T> first = last_pass(tables, samples, 0);
  at(spectra, 0) = first.z[0].re + first.z[0].im;
  at(spectra, 2 * points - 1) = first.z[0].re - first.z[0].im;
  store_bins(tables, spectra, quarter, first.z[1], first.z[3]);
  store_bins(tables, spectra, 2 * quarter, first.z[2], first.z[2]);
  for (Index k = 1; 2 * k < quarter; ++k) {
    const Index mirrored = quarter - k;
    const Four<T> a = last_pass(tables, samples, k), b = last_pass(tables, samples, mirrored);
    store_bins(tables, spectra, k, a.z[0], b.z[3]);
    store_bins(tables, spectra, k + quarter, a.z[1], b.z[2]);
    store_bins(tables, spectra, mirrored + quarter, b.z[1], a.z[2]);
    store_bins(tables, spectra, mirrored, b.z[0], a.z[3]);
  }
  const Four<T> middle = last_pass(tables, samples, quarter / 2);
  store_bins(tables, spectra, quarter / 2, middle.z[0], middle.z[3]);
  store_bins(tables, spectra, quarter / 2 + quarter, middle.z[1], middle.z[2]);
}

/// Bin f of packed spectra, 0 < f < points, times its gain.
template <bool kHasGains, class T>
inline Complex<T> load_bin(const T* spectra, const T* gains, Index f) {
  const Complex<T> bin = {at(spectra, 2 * f - 1), at(spectra, 2 * f)};
  if constexpr (!kHasGains) return bin;
  const Register<T> gain = at(gains, f);
  return {bin.re * gain, bin.im * gain};
}

/// store_bins() backwards, without the halves: Z[k] into a and Z[points - k] into b.
template <bool kHasGains, class T>
inline void load_bins(const PowerOfTwoTables<T>& tables, const T* spectra, const T* gains, Index k,
                      Complex<T>& a, Complex<T>& b) {
  const Complex<T> x = load_bin<kHasGains>(spectra, gains, k);
  const Complex<T> y = load_bin<kHasGains>(spectra, gains, tables.points - k);
  const Complex<T> even = {x.re + y.re, x.im - y.im};
  const Complex<T> odd =
      times_conjugate(Complex<T>{x.re - y.re, x.im + y.im}, tables.real_twiddles[2 * k],
                      tables.real_twiddles[2 * k + 1]);
  a = {even.re - odd.im, even.im + odd.re};
  b = {even.re + odd.im, odd.re - even.im};
}

template <class T>
inline void first_pass(const PowerOfTwoTables<T>& tables, T* values, Index k, Four<T> four) {
  butterfly<false>(four.z[0], four.z[1], four.z[2], four.z[3]);
  T* to = values + tables.order[k] * 2 * kFrameLanes<T>;
  for (Index i = 0; i < 4; ++i) store(to, i, four.z[i]);
}

/// forward_lanes() backwards: n times the samples.
template <bool kHasGains, class T>
inline void inverse_lanes(const PowerOfTwoTables<T>& tables, const T* spectra, const T* gains,
                          T* samples) {
  const Index points = tables.points, quarter = points / 4;
  Register<T> lowest = at(spectra, 0), highest = at(spectra, 2 * points - 1);
  if constexpr (kHasGains) {
    lowest *= at(gains, 0);
    highest *= at(gains, points);
  }
  const auto bins = [&](Index k, Complex<T>& a, Complex<T>& b) {
    load_bins<kHasGains>(tables, spectra, gains, k, a, b);
  };
  Four<T> a, b;
  a.z[0] = {lowest + highest, lowest - highest};
  bins(quarter, a.z[1], a.z[3]);
  bins(2 * quarter, b.z[2], a.z[2]);
  first_pass(tables, samples, 0, a);
  for (Index k = 1; 2 * k < quarter; ++k) {
    const Index mirrored = quarter - k;
    bins(k, a.z[0], b.z[3]);
    bins(k + quarter, a.z[1], b.z[2]);
    bins(mirrored + quarter, b.z[1], a.z[2]);
    bins(mirrored, b.z[0], a.z[3]);
    first_pass(tables, samples, k, a);
    first_pass(tables, samples, mirrored, b);
  }
  bins(quarter / 2, a.z[0], a.z[3]);
  bins(quarter / 2 + quarter, a.z[1], a.z[2]);
  first_pass(tables, samples, quarter / 2, a);
  passes<false>(samples, tables);
}

// A register at a time.
template <class T>
void forward(const PowerOfTwoTables<T>& tables, T* samples, T* spectra) {
  for (Index lane = 0; lane < kFrameLanes<T>; lane += kWidth<T>) {
    forward_lanes(tables, samples + lane, spectra + lane);
  }
}
template <class T>
void inverse(const PowerOfTwoTables<T>& tables, const T* spectra, const T* gains, T* samples) {
  for (Index lane = 0; lane < kFrameLanes<T>; lane += kWidth<T>) {
    if (gains != nullptr) {
      inverse_lanes<true>(tables, spectra + lane, gains + lane, samples + lane);
    } else {
      inverse_lanes<false>(tables, spectra + lane, gains, samples + lane);
    }
  }
}

}  // namespace
}  // namespace partwise::PARTWISE_LANES_NAMESPACE
