#include <partwise/outputs.hpp>

namespace partwise {

void begin_from(const Factors<float>& start, RunOptions& options, bool components_given) {
  options.analysis.factorize.start = Start::given;
  if (options.start_file.empty()) options.start_file = "arrays.npz";  // what summaries call it
  if (components_given) return;
  options.analysis.factorize.num_components = start.w.cols();
  options.analysis.parts.choose_components = false;
  validate(options);
}

std::optional<Factors<float>> load_start(RunOptions& options, bool components_given) {
  if (options.analysis.factorize.start != Start::given) return std::nullopt;
  std::optional<Factors<float>> start = load_factors(options.start_file);
  begin_from(*start, options, components_given);
  return start;
}

}  // namespace partwise
