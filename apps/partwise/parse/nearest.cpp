#include "parse/nearest.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace partwise::program {
namespace {

/// Damerau and Levenshtein's distance, where no letter is moved twice.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = std::exchange(last, row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view typed, std::span<const std::string_view> words) {
  constexpr std::size_t kLongestTyped = 40;  // nothing of ours is longer, and the work is bounded
  constexpr std::size_t kLettersForAFault = 3;  // one fault in so many letters is still the word
  constexpr std::size_t kShortestBeginning = 2;
  if (typed.empty() || typed.size() > kLongestTyped) return {};
  std::string_view best;
  std::size_t fewest = typed.size() / kLettersForAFault + 1;
  for (const std::string_view word : words) {
    if (typed.size() >= kShortestBeginning && word.starts_with(typed)) return word;
    const std::size_t faults = distance(typed, word);
    if (faults < fewest) {
      fewest = faults;
      best = word;
    }
  }
  return best;
}

}  // namespace partwise::program
