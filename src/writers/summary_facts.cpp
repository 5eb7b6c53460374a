#include <writers/summary_facts.hpp>

namespace partwise {
namespace {

double sum_of_stages(const RunSeconds& seconds) {
  return seconds.decode + seconds.transform + seconds.factorize + seconds.separate +
         seconds.events + seconds.write + seconds.report;
}

}  // namespace

SummaryFacts summary_facts(const RunContext& context, const RunResults& results) {
  SummaryFacts facts{context.signal,
                     context.analysis,
                     context.input,
                     context.options,
                     results.parts,
                     results.warnings,
                     {},
                     results.seconds,
                     results.residual_db};
  facts.seconds.total = sum_of_stages(facts.seconds);
  return facts;
}

}  // namespace partwise
