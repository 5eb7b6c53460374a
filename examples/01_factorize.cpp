// A matrix that is the sum of two patterns, taken apart again: V ~= W H.
#include <cstdio>
#include <partwise/factorize.hpp>

int main() {
  using namespace partwise;

  // Two templates of four bins, switched on and off over six frames.
  const float templates[4][2] = {{4, 0}, {2, 1}, {0, 3}, {0, 1}};
  const float activations[2][6] = {{1, 0, 2, 0, 1, 0}, {0, 1, 0, 1, 1, 2}};
  Matrix<float> v(4, 6);
  for (Index t = 0; t < v.cols(); ++t) {
    for (Index f = 0; f < v.rows(); ++f) {
      v(f, t) = templates[f][0] * activations[0][t] + templates[f][1] * activations[1][t];
    }
  }

  FactorizeOptions options;
  options.num_components = 2;
  Reducer reducer;           // one thread
  const RunControl control;  // nobody watches, nobody stops it
  const auto result = factorize<float>(v, options, nullptr, reducer, control);

  std::printf("%td iterations, error %.2g\n", result.iterations, result.reconstruction_error());
  for (Index k = 0; k < result.factors.h.rows(); ++k) {
    std::printf("component %td: template", k);
    for (Index f = 0; f < v.rows(); ++f) std::printf(" %.2f", result.factors.w(f, k));
    std::printf(", activation");
    for (Index t = 0; t < v.cols(); ++t) std::printf(" %.2f", result.factors.h(k, t));
    std::printf("\n");
  }
  const bool found_both = result.reconstruction_error() < 0.1;
  return found_both ? 0 : 1;
}
