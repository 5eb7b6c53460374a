#include <algorithm>
#include <pipeline/warnings.hpp>

namespace partwise {

std::vector<Message> warnings_about(const Analysis& analysis, const FactorizeOptions& asked) {
  std::vector<Message> warnings;
  if (analysis.stop_reason == StopReason::silent_input) {
    warnings.push_back("the input is silent: every part is silent too");
    return warnings;
  }
  const FactorizeOptions& options = analysis.options.factorize;
  const Index most = std::min(analysis.w.rows(), analysis.h.cols());
  if (*options.num_components > most) {
    std::string text = std::to_string(*options.num_components) +
                       " components for a spectrogram of " + std::to_string(analysis.w.rows()) +
                       " bins and " + std::to_string(analysis.h.cols()) +
                       (analysis.h.cols() == 1 ? " frame" : " frames") + ": more than " +
                       std::to_string(most) + " cannot be told apart";
    if (asked.start == Start::automatic) text += "; the start is random";
    warnings.push_back(std::move(text));
  }
  if (asked.product_precision != options.product_precision) {
    warnings.emplace_back(
        "this processor has no tiles for bf16 (AMX), or the system does not grant them: everything "
        "was computed in float32");
  }
  // What is merged afterwards need not be learnt to the end.
  const bool merged = analysis.parts.gathered();
  if (analysis.stop_reason == StopReason::max_iterations && options.tolerance > 0 && !merged) {
    warnings.push_back("not converged: stopped after " + std::to_string(analysis.iterations) +
                       " iterations; a larger " + OptionName("max_iterations") + " would go on");
  }
  // Of merged parts nobody could tell which are meant.
  const bool parts_are_components = analysis.options.separate.groups.empty();
  const auto alike = parts_are_components ? similar_components(analysis.w, analysis.h)
                                          : std::vector<SimilarPair>{};
  for (const SimilarPair& pair : alike) {
    warnings.push_back("parts " + std::to_string(pair.first) + " and " +
                       std::to_string(pair.second) +
                       " are nearly alike: fewer components would do");
  }
  const auto groups = part_groups(analysis.options.separate.groups, analysis.w.cols());
  const auto silent = std::count_if(groups.begin(), groups.end(), [&](const auto& group) {
    return std::none_of(group.begin(), group.end(),
                        [&](Index k) { return analysis.components[k].energy_share > 0; });
  });
  if (silent > 0)
    warnings.push_back(std::to_string(silent) +
                       " of the parts are silent: fewer components would do");
  return warnings;
}

}  // namespace partwise
