#pragma once
#include <partwise/audio_inspect.hpp>
#include <partwise/estimate.hpp>
#include <partwise/run_control.hpp>
#include <string>
#include <string_view>

namespace partwise {

// What the program tells other programs: one JSON object a line, here without the line's end.

/// {"stage": "factorize", "share": 0.42, "iteration": 17, "objective": 1234.5, "seconds": 1.25}.
/// `seconds`: since the run began. Stages are called as in the summary's `seconds`; iteration and
/// objective are null outside the factorization.
[[nodiscard]] std::string progress_json(const Progress& progress, double seconds);

/// What `partwise info --json` says of a file: file, format, rate, channels, bits, samples,
/// seconds, bytes, peak_db, loudness_lufs, silence {share, leading_s, trailing_s}, tags {title,
/// ...}, damaged and warnings. What is not defined is null.
[[nodiscard]] std::string info_json(std::string_view name, std::uint64_t num_bytes,
                                    const InspectedAudio& audio);

/// What `partwise decompose --estimate --json` says of a file: file, rate, channels, samples, bins,
/// frames, components, threads, memory_bytes, memory_limit_bytes, output_bytes and seconds {decode,
/// transform, factorize, separate, write, report, total}.
[[nodiscard]] std::string estimate_json(std::string_view name, const RunEstimate& estimate,
                                        std::uint64_t memory_limit_bytes);

}  // namespace partwise
