#pragma once
#include <string>
#include <writers/session.hpp>

namespace partwise {

/// The session as a Reaper project (RPP text): one track per file of sound and per MIDI track, at
/// the session's tempo. Files are named relative to the project. Audio keeps its place in seconds
/// when the tempo is changed. Line syntax as the Cockos wiki's "State Chunk Definitions" and "Rpp
/// Midi Format Draft" describe it.
[[nodiscard]] std::string reaper_project(const Session& session);

/// `text` as one string parameter of an RPP line: in ", ' or `, whichever it does not hold. With
/// all three in it, ` becomes '.
[[nodiscard]] std::string rpp_string(std::string_view text);

}  // namespace partwise
