#pragma once
#include <functional>
#include <optional>
#include <partwise/decompose.hpp>
#include <partwise/outputs.hpp>
#include <partwise/parts.hpp>
#include <partwise/run_options.hpp>
#include <partwise/signal.hpp>
#include <string>
#include <utility>
#include <vector>

namespace partwise::python {

/// Options as Python gives them: the long name, and the value as the command line has it.
using GivenTexts = std::vector<std::pair<std::string, std::string>>;

/// Every part, their sum and what is left: part k's channel c is column k * channels + c.
struct Sound {
  Matrix<float> parts;     ///< [num_samples x (parts * channels)]
  Matrix<float> mix;       ///< [num_samples x channels]
  Matrix<float> residual;  ///< the signal minus the sum of the parts, taken in double
};

/// A recording that was taken apart, kept for whatever is asked of it.
class Separation {
 public:
  /// Throws what make_run_options() and analyse() throw.
  Separation(Signal signal, const GivenTexts& given, std::optional<Factors<float>> start);

  /// Long: V, W and H.
  void analyse(const RunControl& control);
  /// Long: the sound of all parts.
  [[nodiscard]] Sound sound(const RunControl& control) const;
  /// Long: what the program writes, with `given` over the options. Gives the text of summary.json.
  [[nodiscard]] std::string write(const std::string& folder, const std::string& name,
                                  const GivenTexts& given, bool report_alone,
                                  const RunControl& control) const;

  [[nodiscard]] const Signal& signal() const { return signal_; }
  [[nodiscard]] const Analysis& analysis() const { return analysis_; }
  [[nodiscard]] const RunOptions& options() const { return options_; }
  /// Which components every part is made of, what they sum up to and what that sounds like.
  [[nodiscard]] const PartGroups& groups() const { return groups_; }
  [[nodiscard]] const PartFactors& part_factors() const { return part_factors_; }
  [[nodiscard]] const std::vector<ComponentDescription>& part_descriptions() const {
    return part_descriptions_;
  }
  [[nodiscard]] Index num_parts() const { return static_cast<Index>(groups_.size()); }

 private:
  [[nodiscard]] int threads() const;
  void describe_parts();

  Signal signal_;
  RunOptions options_;
  std::optional<Factors<float>> start_;
  Analysis analysis_;
  PartGroups groups_;
  PartFactors part_factors_;
  std::vector<ComponentDescription> part_descriptions_;
};

}  // namespace partwise::python
