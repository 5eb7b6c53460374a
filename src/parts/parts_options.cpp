#include <algorithm>
#include <partwise/error.hpp>
#include <partwise/parts.hpp>
#include <string>

namespace partwise {
namespace {

constexpr Index kMostParts = 256;
// Every pair of components is compared, and each merge looks at every pair.
constexpr Index kMostComponents = 1024;

}  // namespace

void validate(const PartsOptions& options, Index num_components) {
  if (!options.wanted()) {
    if (options.method == PartMethod::automatic) return;
    throw bad_argument("parts", "none",
                       "1.." + std::to_string(kMostParts) + " or auto, which " +
                           OptionName("method") + " is about");
  }
  if (!options.choose && (options.num_parts < 1 || options.num_parts > kMostParts)) {
    throw bad_argument("parts", options.num_parts, "1.." + std::to_string(kMostParts));
  }
  if (options.choose_components) return;
  if (num_components > kMostComponents) {
    throw bad_argument("num_components", num_components,
                       "1.." + std::to_string(kMostComponents) + " to gather into parts");
  }
  if (!options.choose && options.num_parts > num_components) {
    throw bad_argument("parts", options.num_parts,
                       "1.." + std::to_string(num_components) + " (so many components there are)");
  }
  if (options.method == PartMethod::plain && !options.choose &&
      options.num_parts != num_components) {
    throw bad_argument(
        "parts", options.num_parts,
        std::to_string(num_components) + " (so many components there are, and plain merges none)");
  }
}

Index components_for_parts(Index num_parts, PartMethod method) {
  if (method == PartMethod::plain) return num_parts;
  // Fine enough to hold a source apart; more are merged wrongly more often, and take longer.
  constexpr Index kFinest = 8, kCoarsest = 2, kEnough = 32;
  return std::max(kCoarsest * num_parts, std::min(kFinest * num_parts, kEnough));
}

}  // namespace partwise
