#include <algorithm>
#include <cmath>
#include <nmf/bands.hpp>

namespace partwise::nmf {
namespace {

// 93 bands for 1025 bins. Even bands of 8 bins, a third more, took half as many passes again; 8 an
// octave took up to a sixth more.
constexpr Index kBandsAnOctave = 16;

}  // namespace

Bands::Bands(Index bins) : edges_{0} {
  while (edges_.back() < bins) {
    const Index width = std::max<Index>(1, edges_.back() / kBandsAnOctave);
    edges_.push_back(std::min(edges_.back() + width, bins));
  }
}

double Bands::weight(Index band, const Loss& loss) const {
  if (!loss.frobenius()) return 1;
  return 1 / std::sqrt(static_cast<double>(edges_[band + 1] - edges_[band]));
}

template <class T>
void Bands::column_of(const T* from, const Loss& loss, T* to) const {
  for (Index band = 0; band < count(); ++band) {
    T sum = 0;
    for (Index f = edges_[band]; f < edges_[band + 1]; ++f) sum += from[f];
    to[band] = sum * static_cast<T>(weight(band, loss));
  }
}

template <class T>
Matrix<T> Bands::of(MatrixView<const T> m, const Loss& loss) const {
  Matrix<T> out(count(), m.cols);
  for (Index c = 0; c < m.cols; ++c) column_of(m.column(c), loss, out.column(c));
  return out;
}

template <class T>
Matrix<T> Bands::of(const ScaledData<T>& data, Index first, Index count_of_frames,
                    const Loss& loss) const {
  Matrix<T> scratch, out(count(), count_of_frames);
  for (Index n = 0; n < count_of_frames; ++n) {
    if (scratch.empty()) scratch = Matrix<T>(data.bins(), 1);
    column_of(data.block(first + n, 1, scratch).column(0), loss, out.column(n));
  }
  return out;
}

template <class T>
void Bands::spread(const Matrix<T>& bands, const Loss& loss, Matrix<T>& w) const {
  const Matrix<T> before = of(std::as_const(w).view(), loss);
  for (Index k = 0; k < w.cols(); ++k) {
    for (Index band = 0; band < count(); ++band) {
      const T old = before(band, k), now = bands(band, k);
      const auto bins_of_band = static_cast<double>(edges_[band + 1] - edges_[band]);
      const T flat = now / static_cast<T>(bins_of_band * weight(band, loss));
      for (Index f = edges_[band]; f < edges_[band + 1]; ++f) {
        w(f, k) = old > 0 ? w(f, k) * (now / old) : flat;
      }
    }
  }
}

template Matrix<float> Bands::of(MatrixView<const float>, const Loss&) const;
template Matrix<double> Bands::of(MatrixView<const double>, const Loss&) const;
template Matrix<float> Bands::of(const ScaledData<float>&, Index, Index, const Loss&) const;
template Matrix<double> Bands::of(const ScaledData<double>&, Index, Index, const Loss&) const;
template void Bands::spread(const Matrix<float>&, const Loss&, Matrix<float>&) const;
template void Bands::spread(const Matrix<double>&, const Loss&, Matrix<double>&) const;

}  // namespace partwise::nmf
