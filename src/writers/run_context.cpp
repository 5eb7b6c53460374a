#include <writers/run_context.hpp>
#include <writers/time_reference.hpp>

namespace partwise {
namespace {

RunOptions options_in_force(const RunToWrite& run, int threads, const std::string& folder) {
  RunOptions out = run.options;
  out.output = folder;
  out.analysis = run.analysis.options;
  out.threads = threads;
  return out;
}

}  // namespace

RunContext make_run_context(const RunToWrite& run, StagedFolder& staged, const std::string& folder,
                            Reducer& reducer, const RunControl& control) {
  RunContext context{.folder = staged,
                     .signal = run.signal,
                     .analysis = run.analysis,
                     .input = run.input,
                     .asked = run.options,
                     .options = options_in_force(run, reducer.threads(), folder),
                     .container = run.container,
                     .codecs = run.codecs,
                     .merged = merge_parts(run.analysis),
                     .part_names = {},
                     .tracks = {},
                     .time_reference = time_reference_of(run.input.info, run.options.range,
                                                         run.signal.sample_rate_hz),
                     .reducer = reducer,
                     .control = control};
  const auto num_parts = static_cast<Index>(context.merged.groups.size());
  context.part_names = names_of_parts(run.analysis, num_parts, run.options.names);
  context.tracks =
      run_tracks(context.part_names, run.container.extension, run.input.analysed_differs);
  return context;
}

}  // namespace partwise
