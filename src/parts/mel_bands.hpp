#pragma once
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise::parts {

/// Triangles of equal width on the mel scale (2595 log10(1 + f / 700)) over [hz_min, hz_max] or up
/// to the highest bin, each with unit sum where it covers a bin.
class MelBands {
 public:
  MelBands(Index count, double hz_min, double hz_max, Index num_bins, double bin_hz);

  [[nodiscard]] Index count() const { return static_cast<Index>(bands_.size()); }
  /// The sum of x [F] in every band; `bands` has count() elements.
  void sum(const float* x, double* bands) const;

 private:
  struct Band {
    Index first = 0;
    std::vector<double> weights;
  };
  std::vector<Band> bands_;
};

}  // namespace partwise::parts
