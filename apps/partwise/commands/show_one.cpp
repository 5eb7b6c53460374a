#include "commands/show_one.hpp"

#include <utility>

#include "commands/console.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {

void show_one(const RunOptions& options, RunControl& control,
              const std::function<FinishedRun()>& work) {
  ProgressBar bar(options);
  const auto watch = std::move(control.on_progress);
  control.on_progress = [&](const Progress& progress) {
    if (watch) watch(progress);
    bar.show(progress);
  };
  const FinishedRun done = work();
  bar.clear();
  control.on_progress = watch;
  for (const auto& warning : done.written.warnings) print_warning(warning);
  if (options.json) {
    write_standard_output(done.written.summary_json);
  } else if (!options.quiet) {
    write_standard_output(closing_text(done));
  }
}

}  // namespace partwise::program
