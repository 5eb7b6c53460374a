#pragma once
#include <partwise/report.hpp>
#include <report/text_out.hpp>

namespace partwise::report {

/// Grows when a field changes its meaning or goes; new fields do not change it.
inline constexpr int kModelSchemaVersion = 1;

/// Throws Error(usage) where the model's shapes do not fit each other.
void check_model(const ReportModel& model);

/// The JSON that the page reads (docs/report-model.md), safe inside a <script> element.
void write_model(ReportModel& model, TextOut& out);

}  // namespace partwise::report
