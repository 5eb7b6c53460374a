#include "commands/decompose_file.hpp"

#include <utility>

namespace partwise::program {

FinishedRun finish(Run run, Reducer& reducer, const RunControl& control) {
  run.analyse(reducer, control);
  WrittenRun written = run.write(run.options(), reducer, control);
  return {std::move(run), std::move(written)};
}

FinishedRun decompose_file(const RunInput& input, const RunOptions& options,
                           const RunControl& control) {
  Reducer reducer(threads_of(options));
  return finish(Run::open(input, options, codec_services(), reducer, control), reducer, control);
}

}  // namespace partwise::program
