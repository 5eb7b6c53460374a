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

/// One pass over `size` >= 8 values.
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

/// The pass without factors over every `size` in {2, 4} of `points` values.
template <bool kForward, class T>
inline void smallest_pass(T* values, Index points, Index size) {
  if (size == 4) {
    for (Index k = 0; k < points; k += 4) {
      Complex<T> a = load(values, k), b = load(values, k + 1);
      Complex<T> c = load(values, k + 2), d = load(values, k + 3);
      butterfly<kForward>(a, b, c, d);
      store(values, k, a);
      store(values, k + 1, b);
      store(values, k + 2, c);
      store(values, k + 3, d);
    }
  } else if (size == 2) {
    for (Index k = 0; k < points; k += 2) {
      const Complex<T> a = load(values, k), b = load(values, k + 1);
      store(values, k, a + b);
      store(values, k + 1, a - b);
    }
  }
}

template <class T>
void forward_passes(T* values, Index points, const T* twiddles) {
  Index size = points;
  if (points > kCachedPoints<T>) {
    pass<true>(values, points, twiddles);
    const Index quarter = points / 4;
    for (Index r = 0; r < 4; ++r) {
      forward_passes(values + r * quarter * 2 * kFrameLanes<T>, quarter, twiddles + 6 * quarter);
    }
    return;
  }
  for (; size > 4; twiddles += 6 * (size / 4), size /= 4) {
    for (Index k = 0; k < points; k += size) {
      pass<true>(values + k * 2 * kFrameLanes<T>, size, twiddles);
    }
  }
  smallest_pass<true>(values, points, size);
}

/// The same passes the other way round.
template <class T>
void inverse_passes(T* values, Index points, const T* twiddles) {
  const Index quarter = points / 4;
  if (points > kCachedPoints<T>) {
    for (Index r = 0; r < 4; ++r) {
      inverse_passes(values + r * quarter * 2 * kFrameLanes<T>, quarter, twiddles + 6 * quarter);
    }
    pass<false>(values, points, twiddles);
    return;
  }
  Index size = points;
  for (; size > 4; twiddles += 6 * (size / 4), size /= 4) {
  }
  smallest_pass<false>(values, points, size);
  while (size < points) {
    size *= 4;
    twiddles -= 6 * (size / 4);
    for (Index k = 0; k < points; k += size) {
      pass<false>(values + k * 2 * kFrameLanes<T>, size, twiddles);
    }
  }
}

/// From Z = E + i O, transforms of even and odd samples: X[k] = E[k] + w^k O[k] and
/// X[points - k] = conj(E[k] - w^k O[k]), w = exp(-2 pi i / n).
template <class T>
inline void forward_lanes(const PowerOfTwoTables<T>& tables, T* samples, T* spectra) {
  const Index points = tables.points;
  forward_passes(samples, points, tables.pass_twiddles);
  const Complex<T> first = load(samples, 0);
  at(spectra, 0) = first.re + first.im;
  at(spectra, 2 * points - 1) = first.re - first.im;
  const T half = T(0.5);
  for (Index k = 1; k <= points / 2; ++k) {
    const Complex<T> a = load(samples, tables.order[k]);
    const Complex<T> b = load(samples, tables.order[points - k]);
    const Complex<T> even = {(a.re + b.re) * half, (a.im - b.im) * half};
    const Complex<T> odd = {(a.im + b.im) * half, (b.re - a.re) * half};
    const Complex<T> turned =
        times(odd, tables.real_twiddles[2 * k], tables.real_twiddles[2 * k + 1]);
    // Packed: the real part of bin f is row 2 f - 1.
    at(spectra, 2 * k - 1) = even.re + turned.re;
    at(spectra, 2 * k) = even.im + turned.im;
    at(spectra, 2 * (points - k) - 1) = even.re - turned.re;
    at(spectra, 2 * (points - k)) = turned.im - even.im;
  }
}

/// Bin f of packed spectra, 0 < f < points, times its gain.
template <bool kHasGains, class T>
inline Complex<T> load_bin(const T* spectra, const T* gains, Index f) {
  const Complex<T> bin = {at(spectra, 2 * f - 1), at(spectra, 2 * f)};
  if constexpr (!kHasGains) return bin;
  const Register<T> gain = at(gains, f);
  return {bin.re * gain, bin.im * gain};
}

/// The same backwards, without the halves: the samples times n.
template <bool kHasGains, class T>
inline void inverse_lanes(const PowerOfTwoTables<T>& tables, const T* spectra, const T* gains,
                          T* samples) {
  const Index points = tables.points;
  Register<T> lowest = at(spectra, 0), highest = at(spectra, 2 * points - 1);
  if constexpr (kHasGains) {
    lowest *= at(gains, 0);
    highest *= at(gains, points);
  }
  store(samples, 0, Complex<T>{lowest + highest, lowest - highest});
  for (Index k = 1; k <= points / 2; ++k) {
    const Complex<T> x = load_bin<kHasGains>(spectra, gains, k);
    const Complex<T> y = load_bin<kHasGains>(spectra, gains, points - k);
    const Complex<T> even = {x.re + y.re, x.im - y.im};
    const Complex<T> odd =
        times_conjugate(Complex<T>{x.re - y.re, x.im + y.im}, tables.real_twiddles[2 * k],
                        tables.real_twiddles[2 * k + 1]);
    store(samples, tables.order[k], Complex<T>{even.re - odd.im, even.im + odd.re});
    store(samples, tables.order[points - k], Complex<T>{even.re + odd.im, odd.re - even.im});
  }
  inverse_passes(samples, points, tables.pass_twiddles);
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
