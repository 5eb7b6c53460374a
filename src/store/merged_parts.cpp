#include <parts/describe_parts.hpp>
#include <partwise/parts.hpp>
#include <store/merged_parts.hpp>
#include <utility>

namespace partwise {

MergedParts merge_parts(const Analysis& analysis) {
  MergedParts out;
  out.groups = part_groups(analysis.options.separate.groups, analysis.w.cols());
  PartFactors factors = sum_components(analysis.w, analysis.h, out.groups);
  out.descriptions = parts::describe_parts(factors, out.groups, analysis.components,
                                           analysis.bin_hz(), analysis.frame_seconds());
  out.w = std::move(factors.w);
  out.h = std::move(factors.h);
  return out;
}

}  // namespace partwise
