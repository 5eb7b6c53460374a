#include <formats/sha256.hpp>
#include <options/sample_format.hpp>
#include <partwise/outputs.hpp>
#include <writers/output_run.hpp>
#include <writers/output_table.hpp>
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

RunContext context_of(const RunToWrite& run, StagedFolder& staged, const std::string& folder,
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
  context.part_names = part_names(num_parts, run.options.names, run.analysis.parts.names);
  context.tracks =
      run_tracks(context.part_names, run.container.extension, run.input.analysed_differs);
  return context;
}

}  // namespace

std::string sha256_of(ByteSource& source) {
  constexpr std::size_t kBlockBytes = 1 << 18;  // few system calls, and in a core's cache
  std::vector<std::byte> block(kBlockBytes);
  Sha256 hash;
  std::uint64_t at = 0;
  while (const std::size_t got = source.read_at(at, block)) {
    hash.update(std::span(block).first(got));
    at += got;
  }
  return hash.finish();
}

WrittenRun write_run(const std::string& folder, const RunToWrite& run, Reducer& reducer,
                     const RunControl& control) {
  StagedFolder staged(folder, run.options.force);
  const RunContext context = context_of(run, staged, folder, reducer, control);
  check_output(folder, run.signal, run.input.analysed_differs, context.options, run.container);
  RunSeconds seconds = run.seconds;
  seconds.transform = run.analysis.seconds.transform;
  seconds.factorize = run.analysis.seconds.factorize;
  OutputRun outputs(context, output_table(), seconds);
  resynthesise(run.signal, run.analysis, reducer, control, outputs);
  RunResults results = outputs.complete();
  control.check_stop();
  staged.commit();
  control.report({Stage::report, 1, 0, 0});
  return {folder,
          std::move(results.summary_json),
          std::move(results.parts),
          std::move(results.warnings),
          std::move(results.events),
          results.residual_db,
          run.options.report,
          results.report_has_sound};
}

}  // namespace partwise
