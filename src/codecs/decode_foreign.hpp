#pragma once
#include <codecs/probe.hpp>
#include <partwise/audio_inspect.hpp>

namespace partwise {

/// Decodes by the program ffmpeg, if it is installed. `on_block`, where it is not empty, gets the
/// samples, and then the signal has none. Errors as decode_audio().
[[nodiscard]] DecodedAudio decode_foreign(ByteSource& source, const ForeignFormat& format,
                                          const DecodeRange& range, const RunControl& control,
                                          const DecodeRules& rules, const BlockCallback& on_block);

}  // namespace partwise
