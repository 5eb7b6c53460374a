#pragma once
#include <partwise/report.hpp>
#include <report/text_out.hpp>

namespace partwise::report {

/// Grows when a field changes its meaning or goes; new fields do not change it.
inline constexpr int kModelSchemaVersion = 2;

/// Throws Error(usage) where the model's shapes do not fit each other.
void check_model(const ReportModel& model);

/// The JSON that the page reads (docs/report-model.md), safe inside a <script> element.
void write_model(const ReportModel& model, TextOut& out);

/// Its parts.
void write_factors(const ReportModel& model, TextOut& out);
/// An array for every part; where there are very many marks, the strongest.
void write_events(const std::vector<std::vector<ReportMark>>& marks, TextOut& out);
void write_components(const ReportModel& model, TextOut& out);
void write_audio(const ReportAudio& audio, TextOut& out);

}  // namespace partwise::report
