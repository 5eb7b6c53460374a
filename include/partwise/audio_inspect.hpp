#pragma once
#include <functional>
#include <partwise/audio_file.hpp>

namespace partwise {

/// Samples [count x num_channels] of a file, in order.
struct SoundBlock {
  MatrixView<const float> samples;
  double sample_rate_hz = 0;
};
using BlockCallback = std::function<void(const SoundBlock&)>;

// --- library partwise_codecs -------------------------------------------------------------------

/// Decodes all of a file as decode_audio(), block by block, and keeps nothing: memory does not grow
/// with its length, so that of the rules only the others count. Errors as decode_audio(); those
/// that only the end can tell (NaN or Inf, say) come after the last block.
[[nodiscard]] AudioInfo stream_audio(ByteSource& source, const RunControl& control,
                                     const DecodeRules& rules, const BlockCallback& on_block);

/// What there is to hear in a file, in numbers.
struct AudioMeasures {
  double peak = 0;  ///< largest absolute sample
  /// Integrated, by ITU-R BS.1770-4 with the gates of EBU R 128; NaN where nothing is loud enough
  /// (-70 LUFS), shorter than 400 ms, or sampled below 8 kHz, where the filters mean nothing.
  double loudness_lufs = 0;
  Index silent_samples = 0;    ///< in which every channel is exactly 0
  Index leading_silence = 0;   ///< such samples at the beginning
  Index trailing_silence = 0;  ///< and at the end; where all are silent, both are all
};

struct InspectedAudio {
  AudioInfo info;
  AudioMeasures measures;
};

/// Hears the whole file. Errors as stream_audio().
[[nodiscard]] InspectedAudio inspect_audio(ByteSource& source, const RunControl& control,
                                           const DecodeRules& rules);

}  // namespace partwise
