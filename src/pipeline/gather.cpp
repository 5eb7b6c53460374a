#include <algorithm>
#include <parts/describe_parts.hpp>
#include <partwise/drums.hpp>
#include <partwise/parts.hpp>
#include <pipeline/gather.hpp>
#include <pipeline/shares.hpp>
#include <pipeline/sort_components.hpp>
#include <utility>

namespace partwise {
namespace {

SimilarityOptions similarity_options(const Analysis& analysis) {
  return {analysis.bin_hz(), analysis.frame_seconds()};
}

/// The order of components in which the parts are sorted as options.sort says, and in each part its
/// members.
std::vector<Index> order_by_parts(const Analysis& analysis) {
  const PartFactors factors = sum_components(analysis.w, analysis.h, analysis.parts.groups);
  const auto described = parts::describe_parts(factors, analysis.parts.groups, analysis.components,
                                               analysis.bin_hz(), analysis.frame_seconds());
  std::vector<Index> order;
  for (const Index part : component_order(described, analysis.options.sort)) {
    const auto& group = analysis.parts.groups[part];
    order.insert(order.end(), group.begin(), group.end());
  }
  return order;
}

/// Leaves and groups by the components' new numbers.
void renumber(const std::vector<Index>& order, PartsResult& parts) {
  const auto count = static_cast<Index>(order.size());
  std::vector<Index> new_number(order.size());
  for (Index k = 0; k < count; ++k) new_number[order[k]] = k;
  const auto renumbered = [&](Index node) { return node < count ? new_number[node] : node; };
  for (Merge& merge : parts.tree) {
    std::tie(merge.first, merge.second) =
        std::minmax({renumbered(merge.first), renumbered(merge.second)});
  }
  for (auto& group : parts.groups) {
    for (Index& k : group) k = new_number[k];
  }
  parts.groups = part_groups(parts.groups, count);
}

}  // namespace

void choose_parts(std::optional<Index> num_components, Analysis& analysis, Reducer& reducer,
                  const RunControl& control) {
  PartsOptions& options = analysis.options.parts;
  if (!options.wanted()) return;
  analysis.parts.percussive_share = percussive_share(analysis.spectrogram, reducer);
  analysis.parts.percussive_threshold = kPercussiveThreshold;
  const bool masks = analysis.options.separate.resynthesis == Resynthesis::mask;
  if (options.method == PartMethod::drums && !masks) {
    throw bad_argument("method", "drums with resynthesis = factors", "mask, or method merge");
  }
  if (options.method == PartMethod::automatic) {
    const bool drums = masks && analysis.parts.percussive_share >= kPercussiveThreshold;
    options.method = drums ? PartMethod::drums : PartMethod::merge;
  }
  FactorizeOptions& factorize = analysis.options.factorize;
  if (options.choose) {
    control.report({Stage::factorize, kFactorizeBegins, 0, 0});
    PartSuggestion suggestion = suggest_parts(analysis.spectrogram, analysis.bin_hz(),
                                              analysis.frame_seconds(), reducer, control);
    options.num_parts = suggestion.num_parts;
    if (num_components) {
      options.num_parts = options.method == PartMethod::plain
                              ? *num_components
                              : std::min(suggestion.num_parts, *num_components);
    }
    analysis.parts.suggestion_curve = std::move(suggestion.curve);
  }
  if (num_components) return;
  // More than min(F, T) cannot be told apart.
  const Index most = std::min(analysis.spectrogram.rows(), analysis.spectrogram.cols());
  const Index num_parts = *options.num_parts;
  factorize.num_components =
      std::max(num_parts, std::min(components_for_parts(num_parts, options.method), most));
}

void gather(Analysis& analysis, Reducer& reducer, const RunControl& control) {
  const AnalysisOptions& options = analysis.options;
  if (!options.parts.wanted()) return;
  const PartsResult before = std::move(analysis.parts);
  analysis.parts =
      gather_parts(analysis.spectrogram, analysis.w, analysis.h, options.parts,
                   similarity_options(analysis), *options.separate.mask_exponent, reducer);
  analysis.parts.suggestion_curve = before.suggestion_curve;
  analysis.parts.percussive_share = before.percussive_share;
  analysis.parts.percussive_threshold = before.percussive_threshold;
  if (options.sort != SortOrder::none) {
    const auto order = order_by_parts(analysis);
    put_in_order(order, analysis);
    // Again in the new order, so that a stored run, which knows no other, gives the same bits.
    analysis.components =
        describe_components(analysis.w, analysis.h, analysis.bin_hz(), analysis.frame_seconds());
    renumber(order, analysis.parts);
    parts::tell_of_groups(analysis.w, analysis.h, analysis.components, analysis.bin_hz(),
                          analysis.parts);
  }
  analysis.options.separate.groups = analysis.parts.groups;
  if (options.parts.method == PartMethod::drums) {
    analysis.parts.refinement = refine_parts(analysis.spectrogram, analysis.w, analysis.h,
                                             analysis.parts.groups, reducer, control);
  }
}

}  // namespace partwise
