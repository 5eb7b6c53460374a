#pragma once
#include <optional>
#include <partwise/run.hpp>
#include <string>
#include <utility>
#include <vector>

namespace partwise::python {

/// Options as Python gives them: the long name, and the value.
using GivenValues = std::vector<std::pair<std::string, OptionValue>>;

/// Every part, their sum and what is left: part k's channel c is column k * channels + c.
struct Sound {
  Matrix<float> parts;     ///< [num_samples x (parts * channels)]
  Matrix<float> mix;       ///< [num_samples x channels]
  Matrix<float> residual;  ///< the signal minus the sum of the parts, taken in double
};

/// A run on an array, kept for whatever is asked of it.
class Separation {
 public:
  /// Throws what make_run_options() and Run::from_signal() throw.
  Separation(Signal signal, const GivenValues& given, std::optional<Factors<float>> start);

  /// Long: V, W and H.
  void analyse(const RunControl& control);
  /// Long: the sound of all parts.
  [[nodiscard]] Sound sound(const RunControl& control) const;
  /// Long: what the program writes, with `given` over the options.
  [[nodiscard]] WrittenRun write(const std::string& folder, const std::string& name,
                                 const GivenValues& given, bool report_alone,
                                 const RunControl& control) const;

  [[nodiscard]] const Run& run() const { return run_; }
  /// After analyse().
  [[nodiscard]] const RunParts& parts() const { return parts_; }

 private:
  Run run_;
  RunParts parts_;
};

}  // namespace partwise::python
