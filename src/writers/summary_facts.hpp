#pragma once
#include <store/summary.hpp>
#include <writers/output.hpp>

namespace partwise {

/// What the summary says of a run as far as it has come, without its files.
[[nodiscard]] SummaryFacts summary_facts(const RunContext& context, const RunResults& results);

}  // namespace partwise
