#include <algorithm>
#include <cmath>
#include <limits>
#include <nmf/regulariser.hpp>

namespace partwise::nmf {
namespace {

// The largest that the roughness of a row can be: its neighbours differ most where every other is
// 0.
constexpr double kRoughest = 4;

// A row so quiet that its bound would leave the range of float is bound by this instead: it hardly
// moves.
constexpr double kSteepest = 1e30;

/// Sums over a row of H.
struct RowSums {
  double squares = 0, squared_steps = 0;
  /// squared_steps / squares, in [0, kRoughest]; a silent row counts as the roughest, the limit
  /// from above, so that no update has to jump.
  [[nodiscard]] double roughness(Index frames) const {
    if (squares > 0) return squared_steps / squares;
    return frames > 1 ? kRoughest : 0;
  }
};

template <class T>
std::vector<RowSums> sums_of_rows(MatrixView<const T> h) {
  std::vector<RowSums> sums(static_cast<std::size_t>(h.rows));
  for (Index n = 0; n < h.cols; ++n) {
    const T* now = h.column(n);
    const T* before = h.column(std::max<Index>(n - 1, 0));
    for (Index k = 0; k < h.rows; ++k) {
      const auto x = static_cast<double>(now[k]);
      const double step = x - static_cast<double>(before[k]);
      sums[k].squares += x * x;
      sums[k].squared_steps += step * step;
    }
  }
  return sums;
}

/// weight T sum over k of sum_n (H(k, n) - H(k, n-1))^2 / sum_n H(k, n)^2.
///
/// Its bound at a row h of H, with s = sum h^2, roughness q and the neighbours' sum b(n):
/// weight T / s (4 x^2 - x (2 b(n) + (8 + 2 q - 2 d(n)) h(n))), d(n) the number of neighbours. See
/// docs/algorithms/nmf.md for the proof.
template <class T>
class ContinuityTerm final : public Regulariser<T> {
 public:
  explicit ContinuityTerm(double weight) : weight_(weight) {}

  [[nodiscard]] double cost(const Matrix<T>& /*w*/, const Matrix<T>& h,
                            Reducer& /*reducer*/) const override {
    double roughness = 0;
    for (const RowSums& row : sums_of_rows(h.view())) roughness += row.roughness(h.cols());
    return weight_ * static_cast<double>(h.cols()) * roughness;
  }

  void bound_h(MatrixView<const T> h, ActivationBound<T>& bound) const override {
    const std::vector<RowSums> rows = sums_of_rows(h);
    std::vector<T> of_neighbours(rows.size()), of_itself(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) {
      if (!(rows[k].squares > 0)) continue;
      const double share =
          std::min(weight_ * static_cast<double>(h.cols) / rows[k].squares, kSteepest);
      bound.curvature[k] += 2 * kRoughest * share;
      of_neighbours[k] = static_cast<T>(2 * share);
      of_itself[k] = static_cast<T>(2 * share * (kRoughest + rows[k].roughness(h.cols)));
    }
    bound.pulls.push_back([=](Index first, MatrixView<T> out) {
      for (Index n = 0; n < out.cols; ++n) {
        add_pull(h, first + n, of_neighbours.data(), of_itself.data(), out.column(n));
      }
    });
  }

  [[nodiscard]] bool reads_neighbours() const override { return true; }

  /// Steps of a smooth activation grow with the distance of frames, their squares with its square.
  [[nodiscard]] std::shared_ptr<const Regulariser<T>> at_level(Index stride) const override {
    return continuity_term<T>(weight_ / static_cast<double>(stride * stride));
  }
  [[nodiscard]] std::shared_ptr<const Regulariser<T>> scaled(int exponent,
                                                             double beta) const override {
    return continuity_term<T>(weight_ * std::exp2(exponent * beta));
  }

 private:
  static void add_pull(MatrixView<const T> h, Index n, const T* of_neighbours, const T* of_itself,
                       T* out) {
    const T* now = h.column(n);
    for (Index k = 0; k < h.rows; ++k) out[k] += of_itself[k] * now[k];
    for (const Index neighbour : {n - 1, n + 1}) {
      if (neighbour < 0 || neighbour >= h.cols) continue;
      const T* other = h.column(neighbour);
      for (Index k = 0; k < h.rows; ++k) out[k] += of_neighbours[k] * (other[k] - now[k]);
    }
  }

  double weight_;
};

}  // namespace

template <class T>
std::shared_ptr<const Regulariser<T>> continuity_term(double weight) {
  if (weight == 0) return nullptr;
  return std::make_shared<ContinuityTerm<T>>(weight);
}

template std::shared_ptr<const Regulariser<float>> continuity_term(double);
template std::shared_ptr<const Regulariser<double>> continuity_term(double);

}  // namespace partwise::nmf
