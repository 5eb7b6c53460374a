#include <cmath>
#include <partwise/describe.hpp>
#include <vector>

namespace partwise {
namespace {

/// A stretch of values at equal distances: a column of W or a row of H.
struct Values {
  const float* first;
  Index count;
  Index distance;

  [[nodiscard]] double at(Index i) const { return first[i * distance]; }
};

double dot(const Values& a, const Values& b) {
  double sum = 0;
  for (Index i = 0; i < a.count; ++i) sum += a.at(i) * b.at(i);
  return sum;
}

/// 1 / |a|; 0 if it is all zero, and with it every cosine.
double inverse_norm(const Values& a) {
  const double norm = std::sqrt(dot(a, a));
  return norm > 0 ? 1 / norm : 0;
}

}  // namespace

std::vector<SimilarPair> similar_components(MatrixView<const float> w, MatrixView<const float> h,
                                            double threshold) {
  const auto template_of = [&](Index k) { return Values{w.column(k), w.rows, 1}; };
  const auto activation_of = [&](Index k) { return Values{h.data + k, h.cols, h.stride}; };
  std::vector<double> of_w, of_h;  // inverse norms: every pair needs them
  for (Index k = 0; k < w.cols; ++k) {
    of_w.push_back(inverse_norm(template_of(k)));
    of_h.push_back(inverse_norm(activation_of(k)));
  }
  std::vector<SimilarPair> pairs;
  for (Index i = 0; i < w.cols; ++i) {
    for (Index j = i + 1; j < w.cols; ++j) {
      if (dot(template_of(i), template_of(j)) * of_w[i] * of_w[j] > threshold &&
          dot(activation_of(i), activation_of(j)) * of_h[i] * of_h[j] > threshold) {
        pairs.push_back({i, j});
      }
    }
  }
  return pairs;
}

}  // namespace partwise
