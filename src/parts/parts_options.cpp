#include <algorithm>
#include <optional>
#include <partwise/error.hpp>
#include <partwise/parts.hpp>
#include <string>

namespace partwise {

void validate(const PartsOptions& options, std::optional<Index> num_components) {
  if (!options.wanted()) {
    if (options.method == PartMethod::automatic) return;
    throw bad_argument(
        "parts", "none",
        kPartsRange.text() + " or auto, which " + OptionName("method") + " is about");
  }
  if (!options.choose && !kPartsRange.contains(*options.num_parts)) {
    throw bad_argument("parts", *options.num_parts, kPartsRange);
  }
  if (!num_components) return;
  if (!kGatheredComponentsRange.contains(*num_components)) {
    throw bad_argument("num_components", *num_components,
                       kGatheredComponentsRange.text() + " to gather into parts");
  }
  if (options.choose) return;
  if (*options.num_parts > *num_components) {
    throw bad_argument("parts", *options.num_parts,
                       "1.." + std::to_string(*num_components) + " (so many components there are)");
  }
  if (options.method == PartMethod::plain && *options.num_parts != *num_components) {
    throw bad_argument(
        "parts", *options.num_parts,
        std::to_string(*num_components) + " (so many components there are, and plain merges none)");
  }
}

Index components_for_parts(Index num_parts, PartMethod method) {
  if (method == PartMethod::plain) return num_parts;
  // Fine enough to hold a source apart; more are merged wrongly more often, and take longer.
  constexpr Index kFinest = 8, kCoarsest = 2, kEnough = 32;
  return std::max(kCoarsest * num_parts, std::min(kFinest * num_parts, kEnough));
}

}  // namespace partwise
