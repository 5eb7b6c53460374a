#pragma once
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>

namespace partwise {

/// Gains of your own in place of those that W and H give: painted masks, an oracle, another model.
/// Component k is the mixture's spectrogram with every cell multiplied by its gain, the same gain
/// in all channels. Where the gains of all components add up to 1, the parts add up to the mixture.
class GainSource {
 public:
  GainSource() = default;
  virtual ~GainSource() = default;
  GainSource(const GainSource&) = delete;
  GainSource& operator=(const GainSource&) = delete;

  /// Fills out [F x count] with the gains of component k, [0, K), in frames first_frame,
  /// first_frame + 1, ...: finite numbers. Called from several threads at once, and more than once
  /// for a cell; the answers must not depend on the order of calls.
  virtual void fill(Index k, Index first_frame, MatrixView<float> out) const = 0;
};

}  // namespace partwise
