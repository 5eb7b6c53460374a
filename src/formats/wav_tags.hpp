#pragma once
#include <formats/wav_header.hpp>
#include <partwise/audio_file.hpp>

namespace partwise {

/// The LIST INFO chunks before and behind the sound. What is odd in them is passed over: a tag is
/// no reason to refuse a sound.
[[nodiscard]] AudioTags read_wav_tags(ByteSource& source, const WavChunks& chunks);

}  // namespace partwise
