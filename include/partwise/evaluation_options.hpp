#pragma once
#include <partwise/enum_words.hpp>
#include <partwise/range.hpp>
#include <string>
#include <string_view>

namespace partwise {

/// How parts find the sources they are held against.
enum class PartMatching {
  automatic,    ///< names, where there is one part of each source's name and no other; else oracle
  names,        ///< a part belongs to the source of its name
  permutation,  ///< match_by_sir(): one part for each source
  oracle,       ///< group_by_oracle()
};

template <>
struct EnumWords<PartMatching> {
  static constexpr Word<PartMatching> list[] = {{"auto", PartMatching::automatic},
                                                {"names", PartMatching::names},
                                                {"permutation", PartMatching::permutation},
                                                {"oracle", PartMatching::oracle}};
};

/// What EvaluateOptions::window_s may be: further apart, no two onsets are the same.
inline constexpr Range<double> kWindowRange{0, 10};

struct EvaluateOptions {
  std::string mixture;  ///< a file; empty: the item's own, or the sum of the references
  PartMatching matching = PartMatching::automatic;
  double window_s = 0.05;  ///< within which an onset is found, kWindowRange
};

}  // namespace partwise
