#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/range.hpp>
#include <partwise/run_control.hpp>
#include <partwise/signal.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// What a file says about its sound in words: UTF-8 on one line each, without control characters,
/// at most 1000 bytes; empty where the file says nothing.
struct AudioTags {
  std::string title;
  std::string artist;
  std::string album;
  std::string date;  ///< as it stands there, "1999" or "1999-12-31"
  std::string comment;

  friend bool operator==(const AudioTags&, const AudioTags&) = default;
};

/// What a file said about itself, and what was found.
struct AudioInfo {
  std::string format;  ///< "WAV 16 bit", "FLAC 24 bit", "MP3"
  double sample_rate_hz = 0;
  Index num_channels = 0;
  Index num_samples = 0;  ///< decoded, of one channel
  AudioTags tags;
  std::vector<std::string> warnings;  ///< spans lost and the like, in words
  bool exact_in_float = true;         ///< every sample is the file's, not rounded to float
  /// Samples from midnight to the first one of the file, at its own rate: what a broadcast WAV
  /// says.
  std::optional<std::uint64_t> time_reference;
  int bits = 0;  ///< of a sample as it is coded; 0 where that means nothing, as in MP3
};

/// A decoded file.
struct DecodedAudio {
  Signal signal;
  AudioInfo info;
};

// What the numbers of DecodeRange and DecodeRules::max_duration_s may be. Thirty years: longer than
// any recording, far below where a double loses samples.
inline constexpr Range<double> kOffsetRange{0, 1e9};
inline constexpr Range<double> kDurationRange{0, 1e9, true};

/// A stretch of a file, in seconds.
struct DecodeRange {
  double offset_s = 0;               ///< kOffsetRange
  std::optional<double> duration_s;  ///< kDurationRange; not given: to the end
};

/// What decoding may take, and what it makes of damage.
struct DecodeRules {
  double max_duration_s = 6 * 3600;  ///< of the sound in the range; more is Error(resource_limit)
  /// Of the decoded samples; more is Error(resource_limit).
  std::uint64_t max_memory_bytes = std::numeric_limits<std::uint64_t>::max();
  bool strict = false;  ///< what would be a warning is Error(malformed)
};

/// The formats of sample that partwise writes.
enum class SampleFormat { float32, pcm24, pcm16 };

/// Takes blocks of samples and makes a file of them.
class AudioEncoder {
 public:
  virtual ~AudioEncoder() = default;
  /// Appends samples [count x num_channels]; integer formats expect values on their grid in
  /// [-1, 1 - 1 step]. Throws Error(cannot_write).
  virtual void write(MatrixView<const float> samples) = 0;
  /// Where samples lie in memory as they would in the file: these bytes, which the caller then
  /// gives to the sink itself, instead of write(). Empty otherwise, and nothing has happened.
  [[nodiscard]] virtual std::span<const std::byte> take_as_bytes(
      MatrixView<const float> /*samples*/) {
    return {};
  }
  /// Completes header, flushes, closes the sink. Throws Error(cannot_write).
  virtual void finish() = 0;
};

/// What an encoder is made for. num_samples is the exact count that will be written.
struct EncodeSpec {
  double sample_rate_hz = 0;
  Index num_channels = 0;
  Index num_samples = 0;
  SampleFormat sample_format = SampleFormat::float32;
  AudioTags tags{};  ///< as AudioTags says; the encoders leave the comment out
  /// Samples from midnight to the first one: where a WAV begins on a time line. FLAC has no place
  /// for it.
  std::optional<std::uint64_t> time_reference{};
};

/// A container by name, and how to make its encoder on a sink that the encoder may keep.
struct Container {
  std::string extension;  ///< "wav"
  std::function<std::unique_ptr<AudioEncoder>(ByteSink&, const EncodeSpec&)> make_encoder;
};

// --- library partwise_files: our own, no codec -------------------------------------------------

/// A file opened for reading. Throws Error(cannot_read).
[[nodiscard]] std::unique_ptr<ByteSource> open_file(const std::string& path);

/// True if the bytes begin as RIFF/WAVE, RIFX, RF64 or BW64.
[[nodiscard]] bool is_wav(ByteSource& source);

/// Decodes WAV: 8/16/24/32 bit, float, double, extensible, RF64; the chunk sizes only limit, the
/// bytes that are there count. Throws Error(malformed) for what is not sound or not supported, and
/// for NaN or Inf samples; Error(resource_limit), before it decodes where the length is known;
/// Error(stopped).
[[nodiscard]] DecodedAudio decode_wav(ByteSource& source, const DecodeRange& range,
                                      const RunControl& control, const DecodeRules& rules = {});

/// WAV: float32, 24 or 16 bit; RF64 above 4 GiB. No time stamps inside.
[[nodiscard]] Container wav_container();

/// The mean of all channels, in float as numpy's mean.
[[nodiscard]] Signal to_mono(const Signal& signal);

// --- library partwise_codecs: libsndfile and soxr ----------------------------------------------

/// Decodes any format partwise reads (docs/formats.md): WAV by decode_wav, most others through
/// libsndfile, MP4, Matroska and their like by the program ffmpeg, if it is installed. The bytes
/// decide, not the name. Errors as decode_wav.
[[nodiscard]] DecodedAudio decode_audio(ByteSource& source, const DecodeRange& range,
                                        const RunControl& control, const DecodeRules& rules = {});

/// FLAC, 16 or 24 bit (float32 is an Error(usage)).
[[nodiscard]] Container flac_container();

/// Resamples by soxr's HQ recipe to ceil(num_samples * rate / old rate) samples, as librosa does.
/// The rate must lie in [1e3, 1e6] Hz. Throws Error(usage).
[[nodiscard]] Signal resample(const Signal& signal, double sample_rate_hz);

}  // namespace partwise
