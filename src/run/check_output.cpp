#include <disk/staged_folder.hpp>
#include <partwise/outputs.hpp>
#include <writers/output_table.hpp>

namespace partwise {

void check_output_folder(const std::string& folder, bool force) {
  const StagedFolder probe(folder, force);
}

void check_output(const std::string& folder, const Signal& signal, bool with_input,
                  const RunOptions& options, const Container& container) {
  const Index num_parts = expected_parts(options.analysis);
  check_names(options.names, num_parts);
  check_outputs(output_table(), options,
                {folder, num_parts, signal.num_channels(), signal.num_samples(),
                 signal.sample_rate_hz, with_input, container});
}

}  // namespace partwise
