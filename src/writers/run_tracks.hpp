#pragma once
#include <partwise/index.hpp>
#include <string>
#include <string_view>
#include <vector>
#include <writers/part_names.hpp>

namespace partwise {

enum class TrackKind { part, mix, residual, input };

/// "part", "mix", "residual" or "input".
[[nodiscard]] std::string_view track_kind_name(TrackKind kind);

/// A file of sound that a run writes.
struct RunTrack {
  TrackKind kind = TrackKind::part;
  std::string name;       ///< "part-00", or the name that was given or found
  std::string file_name;  ///< "part-00-kick.wav"
};

/// The parts in order, then mix, residual, and the input if it is written too.
[[nodiscard]] std::vector<RunTrack> run_tracks(const std::vector<PartName>& parts,
                                               const std::string& extension, bool with_input);

}  // namespace partwise
