#pragma once
#include <disk/staged_folder.hpp>
#include <partwise/reducer.hpp>
#include <partwise/report.hpp>
#include <partwise/report_audio.hpp>
#include <partwise/run_options.hpp>
#include <writers/stems_writer.hpp>

namespace partwise {

/// What there is to make a page's sound of.
struct ReportAudioSource {
  StagedFolder& folder;
  const StemsWriter& stems;
  const Signal& signal;  ///< as it was analysed
};

/// The recording and its parts as stretches for the page: by `options.report_audio`, in at most
/// `budget_bytes` of base64. What had to be given up for that stands in `note`; where nothing fits,
/// the tracks are links. Throws Error(usage) where an encoder is asked for that is not in the
/// build.
[[nodiscard]] ReportAudio make_report_audio(const ReportAudioSource& source,
                                            const RunOptions& options, std::uint64_t budget_bytes,
                                            const ReportCodecs& codecs, Reducer& reducer,
                                            const RunControl& control);

}  // namespace partwise
