#pragma once
#include <functional>
#include <memory>
#include <partwise/audio_file.hpp>
#include <partwise/audio_input.hpp>
#include <partwise/audio_inspect.hpp>
#include <partwise/byte_stream.hpp>
#include <partwise/report_audio.hpp>
#include <partwise/run_control.hpp>
#include <string>
#include <vector>

namespace partwise {

/// Reading and writing sound, as values: what a run needs of the codecs, so that it links none.
struct SoundServices {
  /// Opens a path, standard input or an address, as open_input().
  std::function<std::unique_ptr<ByteSource>(const std::string& input, const InputLimits&,
                                            const RunControl&)>
      open;
  /// As decode_audio().
  std::function<DecodedAudio(ByteSource&, const DecodeRange&, const RunControl&,
                             const DecodeRules&)>
      decode;
  /// As stream_audio().
  std::function<AudioInfo(ByteSource&, const RunControl&, const DecodeRules&, const BlockCallback&)>
      stream;
  /// As resample(); empty where there is no resampler.
  std::function<Signal(const Signal&, double sample_rate_hz)> resample;
  std::vector<Container> containers;  ///< that parts can be written in
  ReportCodecs report;
};

// --- library partwise_files --------------------------------------------------------------------

/// Reads files and standard input, as WAV only, and writes WAV. No resampler; an address is an
/// Error(network).
[[nodiscard]] SoundServices wav_services();

// --- library partwise_codecs -------------------------------------------------------------------

/// Every format that partwise reads and writes.
[[nodiscard]] SoundServices codec_services();

}  // namespace partwise
