#pragma once
#include <partwise/audio_inspect.hpp>

namespace partwise {

/// stream_audio() for WAV.
[[nodiscard]] AudioInfo stream_wav(ByteSource& source, const RunControl& control,
                                   const DecodeRules& rules, const BlockCallback& on_block);

}  // namespace partwise
