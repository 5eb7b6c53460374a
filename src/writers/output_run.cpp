#include <options/sample_format.hpp>
#include <pipeline/shares.hpp>
#include <writers/output_run.hpp>
#include <writers/output_table.hpp>
#include <writers/written_parts.hpp>

namespace partwise {

void ClosingWork::run(Reducer& reducer) {
  const auto before = static_cast<Index>(tasks_.size());
  reducer.for_each(before + static_cast<Index>(waiting_.size()),
                   [&](Index i) { i < before ? tasks_[i]() : waiting_[i - before](); });
  tasks_.clear();
  waiting_.clear();
}

OutputRun::OutputRun(const RunContext& context, std::span<const OutputSpec> table,
                     const RunSeconds& seconds)
    : context_(context),
      maker_(context.tracks, sample_format_of(context.options.format), context.reducer),
      last_(std::chrono::steady_clock::now()) {
  check_order(table);
  results_.seconds = seconds;
  for (const OutputSpec& spec : table) {
    if (!spec.wanted(context.options)) continue;
    outputs_.push_back({spec, spec.make(context)});
    count_for(spec.seconds);
  }
}

void OutputRun::count_for(double RunSeconds::* stage) {
  const auto now = std::chrono::steady_clock::now();
  results_.seconds.*stage += std::chrono::duration<double>(now - last_).count();
  last_ = now;
}

void OutputRun::add(const PartsBlock& block) {
  count_for(&RunSeconds::separate);
  const auto tracks = maker_.make(block);
  const RunBlock made{block, tracks, maker_.facts()};
  count_for(&RunSeconds::write);
  for (const auto& [spec, output] : outputs_) {
    output->add(made);
    count_for(spec.seconds);
  }
}

void OutputRun::finish() {
  count_for(&RunSeconds::separate);
  results_.tracks = maker_.facts();
  results_.signal_rms = maker_.signal_rms();
  ClosingWork work;
  for (const auto& [spec, output] : outputs_) {
    output->close(results_, work);
    count_for(spec.seconds);
  }
  context_.control.report({Stage::write, kSeparateEnds, 0, 0});
  work.run(context_.reducer);
  describe_run(context_, results_);
  context_.control.check_stop();
  count_for(&RunSeconds::write);
}

RunResults OutputRun::complete() {
  bool reporting = false;
  for (const auto& [spec, output] : outputs_) {
    context_.control.check_stop();
    if (spec.seconds == &RunSeconds::report && !std::exchange(reporting, true))
      context_.control.report({Stage::report, kSeparateEnds, 0, 0});
    for (const std::string& name : output->finish(results_))
      results_.files.push_back(context_.folder.describe(name));
    count_for(spec.seconds);
  }
  return std::move(results_);
}

}  // namespace partwise
