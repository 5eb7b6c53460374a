#pragma once
#include <cstdint>
#include <partwise/events.hpp>
#include <partwise/index.hpp>
#include <span>
#include <string>
#include <vector>
#include <writers/midi_file.hpp>

namespace partwise {

/// A file of sound on a track of its own.
struct SessionTrack {
  std::string name;
  std::string file_name;    ///< beside the session
  std::uint32_t color = 0;  ///< 0xRRGGBB
  Index num_channels = 0;
  Index num_samples = 0;
  double sample_rate_hz = 0;

  [[nodiscard]] double seconds() const { return static_cast<double>(num_samples) / sample_rate_hz; }
};

/// What a DAW opens: files of sound at their place on named, colored tracks, and notes.
struct Session {
  double start_s = 0;  ///< where on the DAW's time line the recording starts
  double tempo_bpm = 120;
  std::vector<SessionTrack> tracks;
  std::vector<MidiTrack> notes;  ///< times from start_s on

  /// The length of the longest track.
  [[nodiscard]] double seconds() const;
};

inline constexpr std::size_t kMostSessionTracks = 257;  ///< 256 parts and the residual

/// The MIDI tracks of a session: "Hits" with the hits of all drum-like parts on channel 10 and
/// their General MIDI keys, then "NAME notes" for each part of tones. Parts without events get
/// none.
[[nodiscard]] std::vector<MidiTrack> session_notes(std::span<const PartEvents> events,
                                                   std::span<const std::string> names);

/// Throws Error(usage) on more than 256 parts, on tracks of unequal sample rate, and on a name
/// that XML 1.0 cannot hold.
void check_session(const Session& session);

}  // namespace partwise
