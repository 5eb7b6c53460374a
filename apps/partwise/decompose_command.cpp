#include "decompose_command.hpp"

#include <algorithm>
#include <filesystem>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>
#include <partwise/outputs.hpp>

#include "console.hpp"
#include "decompose_file.hpp"
#include "decompose_several.hpp"
#include "progress_bar.hpp"
#include "standard_streams.hpp"

namespace partwise::program {
namespace {

namespace fs = std::filesystem;

bool lies_below(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end();
}

/// A folder is replaced as a whole: a file that is being read must not go with it.
void check_inputs_outlive_outputs(const std::vector<std::string>& inputs,
                                  const std::vector<std::string>& folders) {
  std::error_code ignored;  // a path that cannot be resolved is refused where it is opened
  std::vector<fs::path> targets;
  for (const auto& folder : folders) targets.push_back(fs::weakly_canonical(folder, ignored));
  for (const auto& input : inputs) {
    if (input_kind(input) != InputKind::file) continue;
    const fs::path file = fs::weakly_canonical(input, ignored);
    const fs::path parent =
        fs::weakly_canonical(fs::absolute(input, ignored).parent_path(), ignored);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const fs::path& target = targets[i];
      if (target.empty() || (!lies_below(file, target) && !lies_below(parent, target))) continue;
      throw Error(ErrorCode::usage, "--output = " + folders[i] +
                                        ", expected a folder that does not hold the input (" +
                                        input + ")");
    }
  }
}

void decompose_one(const std::string& input, const RunOptions& options, bool components_given,
                   RunControl& control) {
  ProgressBar bar(options);
  const auto watch = std::move(control.on_progress);
  control.on_progress = [&](const Progress& progress) {
    if (watch) watch(progress);
    bar.show(progress);
  };
  const FinishedFile done =
      decompose_file(input, options, components_given, memory_limit_bytes(options), control);
  bar.clear();
  control.on_progress = watch;
  for (const auto& warning : done.run.warnings) print_warning(warning);
  if (options.json) {
    write_standard_output(done.run.summary_json);
  } else if (!options.quiet) {
    write_standard_output(closing_text(done.name, done.analysis, done.run, done.seconds));
  }
}

}  // namespace

int decompose(const std::vector<std::string>& inputs, RunOptions options, bool components_given,
              RunControl& control) {
  if (options.json || !options.quiet) check_standard_output();
  const auto folders = output_folders(inputs, options.output);
  check_inputs_outlive_outputs(inputs, folders);
  if (inputs.size() > 1) {
    return decompose_several(inputs, folders, options, components_given, control);
  }
  options.output = folders.front();
  decompose_one(inputs.front(), options, components_given, control);
  return 0;
}

}  // namespace partwise::program
