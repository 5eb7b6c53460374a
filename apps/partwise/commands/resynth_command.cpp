#include "commands/resynth_command.hpp"

#include <partwise/run.hpp>
#include <partwise/stored_run.hpp>
#include <utility>

#include "commands/decompose_file.hpp"
#include "commands/show_one.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {

void resynth(const std::string& folder, std::span<const GivenOption> given, RunControl& control) {
  StoredRun stored = load_run(folder);
  const RunOptions options = resynth_options(stored, given);
  if (options.json || !options.quiet) check_standard_output();
  show_one(options, control, [&] {
    Reducer reducer(threads_of(options));
    return finish(Run::from_stored(std::move(stored), options, codec_services(), reducer, control),
                  reducer, control);
  });
}

}  // namespace partwise::program
