#include <algorithm>
#include <cmath>
#include <nmf/random_numbers.hpp>
#include <nmf/starts.hpp>

namespace partwise::nmf {
namespace {

// scikit-learn: entries of an NNDSVD start below this are zero ...
constexpr double kSmallestEntry = 1e-6;
// ... and nndsvdar fills zeros with |N(0,1)| mean(V) / 100.
constexpr double kFillShare = 0.01;

template <class T>
double mean_of(const ScaledData<T>& data, Reducer& reducer) {
  return data.sum(reducer) /
         (static_cast<double>(data.bins()) * static_cast<double>(data.all_frames()));
}

/// Calls f on every element in memory order, column by column.
template <class T, class F>
void for_all(Matrix<T>& m, const F& f) {
  for (Index c = 0; c < m.cols(); ++c) {
    for (Index r = 0; r < m.rows(); ++r) f(m(r, c));
  }
}

template <class T>
Factors<T> empty_factors(const ScaledData<T>& data, Index num_components) {
  return {Matrix<T>(data.bins(), num_components), Matrix<T>(num_components, data.all_frames())};
}

template <class T>
Factors<T> random_factors(const ScaledData<T>& data, const StartRequest& request,
                          Reducer& reducer) {
  Factors<T> out = empty_factors(data, request.num_components);
  const double scale =
      std::sqrt(mean_of(data, reducer) / static_cast<double>(request.num_components));
  NormalNumbers normal(request.seed);
  const auto draw = [&](T& x) { x = std::abs(static_cast<T>(scale) * static_cast<T>(normal())); };
  for_all(out.w, draw);
  for_all(out.h, draw);
  return out;
}

/// The positive or the negative part of a singular vector, whichever, and its norm.
struct HalfVector {
  double norm = 0;
  int sign = 1;
  [[nodiscard]] double at(double x) const { return std::max(sign * x, 0.0); }
};

HalfVector half_of(const Matrix<double>& m, Index column, int sign) {
  HalfVector half{0, sign};
  double squares = 0;
  for (Index r = 0; r < m.rows(); ++r) squares += half.at(m(r, column)) * half.at(m(r, column));
  half.norm = std::sqrt(squares);
  return half;
}

/// Boutsidis and Gallopoulos 2008, fig. 1: the dominant half of every singular pair.
template <class T>
Factors<T> nndsvd_factors(const ScaledData<T>& data, const SingularTriplets& svd,
                          Index num_components, double smallest) {
  Factors<T> out = empty_factors(data, num_components);
  const double root = std::sqrt(svd.s[0]);
  for (Index f = 0; f < data.bins(); ++f)
    out.w(f, 0) = static_cast<T>(root * std::abs(svd.u(f, 0)));
  for (Index n = 0; n < data.all_frames(); ++n)
    out.h(0, n) = static_cast<T>(root * std::abs(svd.z(n, 0)));
  for (Index k = 1; k < num_components; ++k) {
    HalfVector u = half_of(svd.u, k, 1), z = half_of(svd.z, k, 1);
    const HalfVector u_minus = half_of(svd.u, k, -1), z_minus = half_of(svd.z, k, -1);
    if (!(u.norm * z.norm > u_minus.norm * z_minus.norm)) {
      u = u_minus;
      z = z_minus;
    }
    const double product = u.norm * z.norm;
    if (product == 0) continue;  // a triplet beyond the rank
    const double scale = std::sqrt(svd.s[k] * product);
    for (Index f = 0; f < data.bins(); ++f)
      out.w(f, k) = static_cast<T>(scale * u.at(svd.u(f, k)) / u.norm);
    for (Index n = 0; n < data.all_frames(); ++n)
      out.h(k, n) = static_cast<T>(scale * z.at(svd.z(n, k)) / z.norm);
  }
  const auto cut = [smallest](T& x) {
    if (x < static_cast<T>(smallest)) x = 0;
  };
  for_all(out.w, cut);
  for_all(out.h, cut);
  return out;
}

template <class T>
void fill_zeros(Factors<T>& factors, const std::function<double()>& value) {
  const auto fill = [&](T& x) {
    if (x == 0) x = static_cast<T>(value());
  };
  for_all(factors.h, fill);  // scikit-learn's W is our H, and is filled first
  for_all(factors.w, fill);
}

}  // namespace

template <class T>
Factors<T> start_of_all_frames(const ScaledData<T>& data, const StartRequest& request,
                               Reducer& reducer, const RunControl& control) {
  if (request.start == Start::random) return random_factors(data, request, reducer);
  const SingularTriplets svd =
      randomized_svd(data, request.num_components, request.seed, reducer, control);
  const double root_unit = std::sqrt(request.unit);
  Factors<T> out = nndsvd_factors(data, svd, request.num_components, kSmallestEntry * root_unit);
  const double mean = mean_of(data, reducer) / root_unit;
  if (request.start == Start::nndsvda) fill_zeros<T>(out, [mean] { return mean; });
  if (request.start == Start::nndsvdar) {
    NormalNumbers normal(request.seed);
    fill_zeros<T>(out, [&] { return std::abs(mean * normal() * kFillShare); });
  }
  return out;
}

template <class T>
Factors<T> start_factors(const ScaledData<T>& data, const StartRequest& request, Reducer& reducer,
                         const RunControl& control) {
  return start_of_every(data, 1, request, reducer, control);
}

template <class T>
Factors<T> start_of_every(const ScaledData<T>& data, Index stride, const StartRequest& request,
                          Reducer& reducer, const RunControl& control) {
  const ScaledData<T> few = stride == 1 ? data : data.every(stride);
  Factors<T> all = start_of_all_frames(few, request, reducer, control);
  if (stride == 1 && data.frames() == data.all_frames()) return all;
  Factors<T> out{std::move(all.w), Matrix<T>(all.h.rows(), data.frames())};
  for (Index n = 0; n < out.h.cols(); ++n) {
    std::copy_n(all.h.column((data.first_frame() + n) / stride), out.h.rows(), out.h.column(n));
  }
  return out;
}

template Factors<float> start_of_all_frames(const ScaledData<float>&, const StartRequest&, Reducer&,
                                            const RunControl&);
template Factors<float> start_factors(const ScaledData<float>&, const StartRequest&, Reducer&,
                                      const RunControl&);
template Factors<float> start_of_every(const ScaledData<float>&, Index, const StartRequest&,
                                       Reducer&, const RunControl&);
template Factors<double> start_of_all_frames(const ScaledData<double>&, const StartRequest&,
                                             Reducer&, const RunControl&);
template Factors<double> start_factors(const ScaledData<double>&, const StartRequest&, Reducer&,
                                       const RunControl&);
template Factors<double> start_of_every(const ScaledData<double>&, Index, const StartRequest&,
                                        Reducer&, const RunControl&);

}  // namespace partwise::nmf
