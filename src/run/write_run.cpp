#include <partwise/outputs.hpp>
#include <writers/output_run.hpp>
#include <writers/output_table.hpp>
#include <writers/run_context.hpp>

namespace partwise {

WrittenRun write_run(const std::string& folder, const RunToWrite& run, Reducer& reducer,
                     const RunControl& control) {
  StagedFolder staged(folder, run.options.force);
  const RunContext context = make_run_context(run, staged, folder, reducer, control);
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
