#pragma once
#include <cstddef>
#include <partwise/audio_file.hpp>
#include <vector>

namespace partwise {

/// The chunks that say what a sound is, not how it is stored: bext if spec.time_reference is set,
/// LIST INFO if spec.tags holds a title, artist, album or date. Whole chunks of even length, the
/// same for the same spec: no date of writing, no program's version.
[[nodiscard]] std::vector<std::byte> wav_about_chunks(const EncodeSpec& spec);

}  // namespace partwise
