#include "commands/decompose_command.hpp"

#include <partwise/run.hpp>

#include "commands/decompose_file.hpp"
#include "commands/decompose_several.hpp"
#include "commands/show_one.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {
int decompose(const std::vector<std::string>& inputs, RunOptions options, RunControl& control) {
  if (options.json || !options.quiet) check_standard_output();
  const auto folders = output_folders(inputs, options.output);
  check_inputs_outlive_outputs(inputs, folders);
  if (options.analysis.factorize.start != Start::given) {
    check_names(options.names, expected_parts(options.analysis));
  }
  if (inputs.size() > 1) {
    return decompose_several(inputs, folders, options, control);
  }
  options.output = folders.front();
  show_one(options, control,
           [&] { return decompose_file({.name = inputs.front()}, options, control); });
  return 0;
}

}  // namespace partwise::program
