#pragma once
#include <codecs/probe.hpp>
#include <partwise/audio_file.hpp>

namespace partwise {

/// Decodes by the program ffmpeg, if it is installed. Errors as decode_audio().
[[nodiscard]] DecodedAudio decode_foreign(ByteSource& source, const ForeignFormat& format,
                                          const DecodeRange& range, const RunControl& control,
                                          const DecodeRules& rules);

}  // namespace partwise
