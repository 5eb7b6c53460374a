#include <cmath>
#include <partwise/describe.hpp>

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

/// Of two nonnegative vectors; 0 if one is all zero.
double cosine(const Values& a, const Values& b) {
  const double norms = std::sqrt(dot(a, a)) * std::sqrt(dot(b, b));
  return norms > 0 ? dot(a, b) / norms : 0;
}

}  // namespace

std::vector<SimilarPair> similar_components(MatrixView<const float> w, MatrixView<const float> h,
                                            double threshold) {
  const auto template_of = [&](Index k) { return Values{w.column(k), w.rows, 1}; };
  const auto activation_of = [&](Index k) { return Values{h.data + k, h.cols, h.stride}; };
  std::vector<SimilarPair> pairs;
  for (Index i = 0; i < w.cols; ++i) {
    for (Index j = i + 1; j < w.cols; ++j) {
      if (cosine(template_of(i), template_of(j)) > threshold &&
          cosine(activation_of(i), activation_of(j)) > threshold) {
        pairs.push_back({i, j});
      }
    }
  }
  return pairs;
}

}  // namespace partwise
