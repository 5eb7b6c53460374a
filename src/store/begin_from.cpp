#include <partwise/outputs.hpp>

namespace partwise {

void begin_from(const Factors<float>& start, RunOptions& options) {
  options.analysis.factorize.start = Start::given;
  if (options.start_file.empty()) options.start_file = "arrays.npz";  // what summaries call it
  options.analysis = with_start(options.analysis, start);
  validate(options);
}

std::optional<Factors<float>> load_start(RunOptions& options) {
  if (options.analysis.factorize.start != Start::given) return std::nullopt;
  std::optional<Factors<float>> start = load_factors(options.start_file);
  begin_from(*start, options);
  return start;
}

}  // namespace partwise
