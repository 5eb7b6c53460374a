#pragma once
#include <cstddef>
#include <partwise/audio_file.hpp>
#include <vector>

namespace partwise {

/// Everything of a WAV up to its first sample: RIFF, or RF64 where the sizes do not fit 32 bits;
/// WAVE_FORMAT_EXTENSIBLE for 24 bit and for more than two channels; a fact chunk for floats; the
/// chunks of wav_about.hpp.
/// `spec` must have been checked.
[[nodiscard]] std::vector<std::byte> wav_header_bytes(const EncodeSpec& spec);

/// Is there a byte behind the samples that makes their number even?
[[nodiscard]] bool wav_needs_padding(const EncodeSpec& spec);

}  // namespace partwise
