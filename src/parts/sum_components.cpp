#include <algorithm>
#include <numeric>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

double sum_of_activation(MatrixView<const float> h, Index k) {
  double sum = 0;
  for (Index t = 0; t < h.cols; ++t) sum += static_cast<double>(h(k, t));
  return sum;
}

void copy_component(MatrixView<const float> w, MatrixView<const float> h, Index k, Index part,
                    PartFactors& out) {
  std::copy_n(w.column(k), w.rows, out.w.column(part));
  for (Index t = 0; t < h.cols; ++t) out.h(part, t) = h(k, t);
}

void add_components(MatrixView<const float> w, MatrixView<const float> h,
                    const std::vector<Index>& group, Index part, PartFactors& out) {
  std::vector<double> spectrum(static_cast<std::size_t>(w.rows));
  std::vector<double> gain(static_cast<std::size_t>(h.cols));
  for (const Index k : group) {
    const double of_h = sum_of_activation(h, k);
    const double of_w = std::accumulate(w.column(k), w.column(k) + w.rows, 0.0);
    for (Index f = 0; f < w.rows; ++f) spectrum[f] += static_cast<double>(w(f, k)) * of_h;
    for (Index t = 0; t < h.cols; ++t) gain[t] += static_cast<double>(h(k, t)) * of_w;
  }
  const double sum = std::accumulate(spectrum.begin(), spectrum.end(), 0.0);
  for (Index f = 0; f < w.rows; ++f) {
    out.w(f, part) = sum > 0 ? static_cast<float>(spectrum[f] / sum) : 0;
  }
  for (Index t = 0; t < h.cols; ++t) out.h(part, t) = static_cast<float>(gain[t]);
}

}  // namespace

PartFactors sum_components(MatrixView<const float> w, MatrixView<const float> h,
                           const PartGroups& groups) {
  const auto num_parts = static_cast<Index>(groups.size());
  PartFactors out{Matrix<float>(w.rows, num_parts), Matrix<float>(num_parts, h.cols)};
  for (Index part = 0; part < num_parts; ++part) {
    const auto& group = groups[part];
    if (group.size() == 1) {
      copy_component(w, h, group.front(), part, out);
    } else {
      add_components(w, h, group, part, out);
    }
  }
  return out;
}

}  // namespace partwise
