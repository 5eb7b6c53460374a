#include <algorithm>
#include <array>
#include <cmath>
#include <partwise/error.hpp>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

// Frames are summed in stretches of this many, and those in order, whatever the threads.
constexpr Index kChunkFrames = 64;
// Where the model is less than this, a quotient would be rounding; such a cell goes to all alike.
// The square of the quotient by it must stay a number.
constexpr double kLeastModel = 1e-100;

/// (x / largest x)^p, elementwise: no mask asks for the scale.
template <class T>
Matrix<double> powers(MatrixView<const T> m, double exponent) {
  Matrix<double> out(m.rows, m.cols);
  double largest = 0;
  for (Index c = 0; c < m.cols; ++c) {
    for (Index r = 0; r < m.rows; ++r) largest = std::max<double>(largest, m(r, c));
  }
  if (!(largest > 0)) return out;
  for (Index c = 0; c < m.cols; ++c) {
    for (Index r = 0; r < m.rows; ++r) {
      const double x = static_cast<double>(m(r, c)) / largest;
      out(r, c) = exponent == 1 ? x : exponent == 1.5 ? x * std::sqrt(x) : std::pow(x, exponent);
    }
  }
  return out;
}

double dot(const double* a, const double* b, Index count) {
  constexpr Index kLanes = 4;
  std::array<double, kLanes> sums{};
  Index i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (Index lane = 0; lane < kLanes; ++lane) sums[lane] += a[i + lane] * b[i + lane];
  }
  for (; i < count; ++i) sums[0] += a[i] * b[i];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

/// With a_fk = w_fk^p and b_kt = h_kt^p a mask is a_fk b_kt / s_ft, s = a b, and the energy of
/// component k in frame t is b_kt^2 sum_f a_fk^2 (v_ft / s_ft)^2.
class FrameEnergies {
 public:
  FrameEnergies(const Matrix<double>& a, const Matrix<double>& squares, const Matrix<double>& b)
      : a_(a), squares_(squares), b_(b), quotients_(static_cast<std::size_t>(a.rows())) {}

  void add(const float* v, Index t, double* energies) {
    std::fill(quotients_.begin(), quotients_.end(), 0.0);
    for (Index k = 0; k < a_.cols(); ++k) {
      const double gain = b_(k, t);
      if (gain == 0) continue;
      const double* column = a_.column(k);
      for (Index f = 0; f < a_.rows(); ++f) quotients_[f] += gain * column[f];
    }
    double unclaimed = 0;
    for (Index f = 0; f < a_.rows(); ++f) {
      const bool claimed = quotients_[f] > kLeastModel;
      const double q = claimed ? static_cast<double>(v[f]) / quotients_[f] : 0;
      if (!claimed) unclaimed += static_cast<double>(v[f]) * static_cast<double>(v[f]);
      quotients_[f] = q * q;
    }
    const auto count = static_cast<double>(a_.cols());
    for (Index k = 0; k < a_.cols(); ++k) {
      const double gain = b_(k, t);
      energies[k] += unclaimed / (count * count);
      if (gain == 0) continue;
      energies[k] += gain * gain * dot(squares_.column(k), quotients_.data(), a_.rows());
    }
  }

 private:
  const Matrix<double>& a_;
  const Matrix<double>& squares_;
  const Matrix<double>& b_;
  std::vector<double> quotients_;
};

}  // namespace

std::vector<double> mask_energies(MatrixView<const float> v, MatrixView<const float> w,
                                  MatrixView<const float> h, double mask_exponent,
                                  Reducer& reducer) {
  const Index count = w.cols;
  const auto a = powers(w, mask_exponent), b = powers(h, mask_exponent);
  const auto squares = powers(w, 2 * mask_exponent);
  const Index chunks = (v.cols + kChunkFrames - 1) / kChunkFrames;
  Matrix<double> sums(count, chunks);
  reducer.for_each(chunks, [&](Index c) {
    FrameEnergies frames(a, squares, b);
    const Index end = std::min(v.cols, (c + 1) * kChunkFrames);
    for (Index t = c * kChunkFrames; t < end; ++t) frames.add(v.column(t), t, sums.column(c));
  });
  std::vector<double> out(static_cast<std::size_t>(count));
  for (Index k = 0; k < count; ++k) {
    for (Index c = 0; c < chunks; ++c) out[k] += sums(k, c);
    out[k] = std::sqrt(out[k]);
  }
  return out;
}

}  // namespace partwise
