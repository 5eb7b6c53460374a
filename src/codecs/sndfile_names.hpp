#pragma once
#include <sndfile.h>

#include <codecs/probe.hpp>
#include <partwise/audio_file.hpp>
#include <string>

namespace partwise {

// libsndfile's numbers in our words.

/// libsndfile's number of the container that the probe found.
[[nodiscard]] int major_format(SoundKind kind);

/// What follows the container's name; empty for a coding that no probe lets pass.
[[nodiscard]] std::string coding_name(int subtype);

/// "FLAC 24 bit".
[[nodiscard]] std::string format_name(SoundKind kind, int subtype);

/// Of a sample; 0 for a coding without a fixed width.
[[nodiscard]] int bits_of(int subtype);

/// Does a float hold every sample of this coding?
[[nodiscard]] bool exact_in_float(int subtype);

[[nodiscard]] AudioTags tags_of(::SNDFILE* file);

}  // namespace partwise
