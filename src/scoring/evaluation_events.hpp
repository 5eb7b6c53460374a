#pragma once
#include <optional>
#include <partwise/evaluate_folders.hpp>
#include <string>

namespace partwise {

/// Hits of `truth`'s drums.csv against those of `estimates`; nothing unless both are there. Throws
/// Error(cannot_read), Error(malformed).
[[nodiscard]] std::optional<EvaluatedHits> evaluate_hits(const std::string& truth,
                                                         const std::string& estimates,
                                                         double window_s);

/// Notes of `truth`'s notes.csv against those of `estimates`, in the same way.
[[nodiscard]] std::optional<EvaluatedNotes> evaluate_notes(const std::string& truth,
                                                           const std::string& estimates,
                                                           double window_s);

}  // namespace partwise
