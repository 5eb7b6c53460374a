#include <algorithm>
#include <numeric>
#include <outputs/merged_parts.hpp>

namespace partwise {
namespace {

double sum_of_template(const Matrix<float>& w, Index k) {
  return std::accumulate(w.column(k), w.column(k) + w.rows(), 0.0);
}

double sum_of_activation(const Matrix<float>& h, Index k) {
  double sum = 0;
  for (Index t = 0; t < h.cols(); ++t) sum += static_cast<double>(h(k, t));
  return sum;
}

void copy_component(const Analysis& analysis, Index k, Index part, MergedParts& out) {
  std::copy_n(analysis.w.column(k), out.w.rows(), out.w.column(part));
  for (Index t = 0; t < out.h.cols(); ++t) out.h(part, t) = analysis.h(k, t);
}

void add_components(const Analysis& analysis, Index part, MergedParts& out) {
  std::vector<double> spectrum(static_cast<std::size_t>(out.w.rows()));
  std::vector<double> gain(static_cast<std::size_t>(out.h.cols()));
  for (const Index k : out.groups[part]) {
    const double of_h = sum_of_activation(analysis.h, k), of_w = sum_of_template(analysis.w, k);
    for (Index f = 0; f < out.w.rows(); ++f) {
      spectrum[f] += static_cast<double>(analysis.w(f, k)) * of_h;
    }
    for (Index t = 0; t < out.h.cols(); ++t) {
      gain[t] += static_cast<double>(analysis.h(k, t)) * of_w;
    }
  }
  const double sum = std::accumulate(spectrum.begin(), spectrum.end(), 0.0);
  for (Index f = 0; f < out.w.rows(); ++f) {
    out.w(f, part) = sum > 0 ? static_cast<float>(spectrum[f] / sum) : 0;
  }
  for (Index t = 0; t < out.h.cols(); ++t) out.h(part, t) = static_cast<float>(gain[t]);
}

}  // namespace

MergedParts merge_parts(const Analysis& analysis) {
  MergedParts out;
  out.groups = part_groups(analysis.options.separate.groups, analysis.w.cols());
  const auto num_parts = static_cast<Index>(out.groups.size());
  out.w = Matrix<float>(analysis.w.rows(), num_parts);
  out.h = Matrix<float>(num_parts, analysis.h.cols());
  for (Index part = 0; part < num_parts; ++part) {
    const auto& group = out.groups[part];
    if (group.size() == 1) {
      copy_component(analysis, group.front(), part, out);
    } else {
      add_components(analysis, part, out);
    }
  }
  out.descriptions = describe_components(out.w, out.h, analysis.bin_hz(), analysis.frame_seconds());
  for (Index part = 0; part < num_parts; ++part) {
    const auto& group = out.groups[part];
    if (group.size() == 1) {
      out.descriptions[part] = analysis.components[group.front()];
      continue;
    }
    double share = 0;
    for (const Index k : group) share += analysis.components[k].energy_share;
    out.descriptions[part].energy_share = share;
  }
  return out;
}

}  // namespace partwise
