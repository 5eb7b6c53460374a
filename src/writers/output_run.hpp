#pragma once
#include <chrono>
#include <memory>
#include <span>
#include <utility>
#include <vector>
#include <writers/output.hpp>

namespace partwise {

/// Carries the parts of one run to every output that is wanted, and says what became of them.
class OutputRun final : public PartsSink {
 public:
  /// Makes the outputs. `table` is in order (check_order()); `seconds` of what was done before.
  OutputRun(const RunContext& context, std::span<const OutputSpec> table,
            const RunSeconds& seconds);

  void add(const PartsBlock& block) override;
  /// Closes all outputs.
  void finish() override;

  /// After finish(): finishes the outputs one after the other; the folder then holds all files.
  RunResults complete();

 private:
  struct Wanted {
    const OutputSpec& spec;
    std::unique_ptr<Output> output;
  };

  /// Seconds since the last call, added to a stage.
  void count_for(double RunSeconds::* stage);

  const RunContext& context_;
  TrackMaker maker_;
  std::vector<Wanted> outputs_;
  RunResults results_;
  std::chrono::steady_clock::time_point last_;
};

}  // namespace partwise
