#include <algorithm>
#include <pipeline/sort_components.hpp>
#include <utility>

namespace partwise {

void put_in_order(const std::vector<Index>& order, Analysis& analysis) {
  Matrix<float> w(analysis.w.rows(), analysis.w.cols());
  Matrix<float> h(analysis.h.rows(), analysis.h.cols());
  std::vector<ComponentDescription> components;
  for (Index k = 0; k < w.cols(); ++k) {
    std::copy_n(analysis.w.column(order[k]), w.rows(), w.column(k));
    for (Index n = 0; n < h.cols(); ++n) h(k, n) = analysis.h(order[k], n);
    components.push_back(analysis.components[order[k]]);
  }
  analysis.w = std::move(w);
  analysis.h = std::move(h);
  analysis.components = std::move(components);
}

void sort_components(Analysis& analysis) {
  analysis.components =
      describe_components(analysis.w, analysis.h, analysis.bin_hz(), analysis.frame_seconds());
  put_in_order(component_order(analysis.components, analysis.options.sort), analysis);
}

}  // namespace partwise
