#pragma once
#include <partwise/decompose.hpp>
#include <partwise/report.hpp>
#include <store/merged_parts.hpp>
#include <store/summary.hpp>
#include <string>
#include <writers/report_audio.hpp>

namespace partwise {

/// V of an analysis as the page shows it.
[[nodiscard]] SpectrogramPicture spectrogram_of(const Analysis& analysis);

/// Writes report.html into the folder.
void write_report_file(const ReportAudioSource& source, const Analysis& analysis,
                       const MergedParts& merged, SpectrogramPicture picture,
                       const SummaryFacts& facts, const std::vector<PartEvents>& events,
                       std::string command, const ReportCodecs& codecs, Reducer& reducer,
                       const RunControl& control);

}  // namespace partwise
