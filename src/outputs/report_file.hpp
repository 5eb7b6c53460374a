#pragma once
#include <outputs/merged_parts.hpp>
#include <outputs/report_audio.hpp>
#include <outputs/summary.hpp>
#include <partwise/decompose.hpp>
#include <partwise/report.hpp>
#include <string>

namespace partwise {

/// V of an analysis as the page shows it.
[[nodiscard]] SpectrogramPicture spectrogram_of(const Analysis& analysis);

/// Writes report.html into the folder.
void write_report_file(const ReportAudioSource& source, const Analysis& analysis,
                       const MergedParts& merged, SpectrogramPicture picture,
                       const SummaryFacts& facts, const std::vector<PartEvents>& events,
                       std::string command, const ReportCodecs& codecs, Reducer& reducer,
                       const RunControl& control);

/// What to type to get the same again: the input's name, and every option that is not at its
/// default. Quoted for a POSIX shell.
[[nodiscard]] std::string command_text(const RunOptions& options, const std::string& input_name);

}  // namespace partwise
