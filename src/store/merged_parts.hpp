#pragma once
#include <partwise/decompose.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise {

/// What the parts of a run are like, where some are several components together.
struct MergedParts {
  PartGroups groups;  ///< the components of each part, every component in one
  /// [F x parts]: of one component its template; of several the spectrum that their sound has over
  /// the whole recording, sum_k W_k sum_t H_kt, with unit sum.
  Matrix<float> w;
  Matrix<float> h;  ///< [parts x T]: how much of that there is in a frame, sum_k H_kt sum_f W_fk
  std::vector<ComponentDescription> descriptions;  ///< the share of the energy is the members' sum
};

/// The parts that `analysis.options.separate.groups` makes of its components.
[[nodiscard]] MergedParts merge_parts(const Analysis& analysis);

}  // namespace partwise
