#pragma once
#include <functional>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <span>
#include <utility>

namespace partwise {

/// What a sink can know before the first block.
struct PartsShape {
  Index num_parts = 0;
  Index num_channels = 0;
  Index num_samples = 0;  ///< of one channel
  double sample_rate_hz = 0;
};

/// A stretch of every part, in the order of part_groups(): parts[k] is [count x num_channels],
/// starting at `first_sample` of the signal. Blocks come in order, without gaps, and cover the
/// signal; their length is the producer's choice, and no result may depend on it. The views are
/// valid during the call alone.
struct PartsBlock {
  Index first_sample = 0;
  Index count = 0;
  std::span<const MatrixView<const float>> parts;
  MatrixView<const float> mixture = {};  ///< the same stretch of the recording itself
};

/// Takes the parts of a recording as they are made. The producer calls begin(), add() for every
/// block, and finish(), all on one thread. A sink that throws ends the production; finish() is then
/// not called.
class PartsSink {
 public:
  PartsSink() = default;
  virtual ~PartsSink() = default;
  PartsSink(const PartsSink&) = delete;
  PartsSink& operator=(const PartsSink&) = delete;

  virtual void begin(const PartsShape& /*shape*/) {}
  virtual void add(const PartsBlock& block) = 0;
  virtual void finish() {}
};

using PartsCallback = std::function<void(const PartsBlock&)>;

/// A sink that hands every block to a function.
class CallbackSink final : public PartsSink {
 public:
  explicit CallbackSink(PartsCallback on_block) : on_block_(std::move(on_block)) {}
  void add(const PartsBlock& block) override { on_block_(block); }

 private:
  PartsCallback on_block_;
};

}  // namespace partwise
