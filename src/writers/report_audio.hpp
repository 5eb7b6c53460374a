#pragma once
#include <partwise/report.hpp>
#include <writers/output.hpp>

namespace partwise {

/// The recording and its parts as stretches for the page: by `options.report_audio`, in at most
/// `budget_bytes` of base64. What had to be given up for that stands in `note`; where nothing fits,
/// the tracks are links. Throws Error(usage) where an encoder is asked for that is not in the
/// build.
[[nodiscard]] ReportAudio make_report_audio(const RunContext& context, const RunResults& results,
                                            std::uint64_t budget_bytes);

}  // namespace partwise
