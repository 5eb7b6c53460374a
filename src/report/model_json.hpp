#pragma once
#include <base/json_writer.hpp>
#include <partwise/report.hpp>

namespace partwise::report {

/// Grows when a field changes its meaning or goes; new fields do not change it.
inline constexpr int kModelSchemaVersion = 2;

inline constexpr int kFactDigits = 10;  // what words and axes are made from

/// Throws Error(usage) where the model's shapes do not fit each other.
void check_model(const ReportModel& model);

/// The JSON that the page reads (docs/report-model.md), safe inside a <script> element.
void write_model(const ReportModel& model, JsonWriter& json);

/// Its parts.
void write_factors(const ReportModel& model, JsonWriter& json);
/// An array for every part; where there are very many marks, the strongest.
void write_events(const std::vector<std::vector<ReportMark>>& marks, JsonWriter& json);
void write_components(const ReportModel& model, JsonWriter& json);
void write_audio(const ReportAudio& audio, JsonWriter& json);

}  // namespace partwise::report
