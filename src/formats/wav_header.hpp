#pragma once
#include <cstdint>
#include <optional>
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>

namespace partwise {

/// Format tags of the fmt chunk (Microsoft, mmreg.h).
namespace wav_tag {
inline constexpr std::uint16_t kPcm = 1;
inline constexpr std::uint16_t kMsAdpcm = 2;
inline constexpr std::uint16_t kFloat = 3;
inline constexpr std::uint16_t kALaw = 6;
inline constexpr std::uint16_t kMuLaw = 7;
inline constexpr std::uint16_t kImaAdpcm = 0x11;
inline constexpr std::uint16_t kExtensible = 0xfffe;
}  // namespace wav_tag

/// The fmt chunk as it stands in the file; nothing is checked but its length.
struct WavFormat {
  std::uint16_t tag = 0;  ///< of the subformat where the chunk is extensible
  std::uint16_t num_channels = 0;
  std::uint32_t sample_rate_hz = 0;
  std::uint16_t block_align = 0;
  std::uint16_t bits_per_sample = 0;
};

/// Where the parts of a WAV lie.
struct WavChunks {
  bool big_endian = false;  ///< RIFX
  WavFormat format;
  std::uint64_t data_offset = 0;
  std::uint64_t data_bytes = 0;       ///< that are there
  std::uint64_t data_bytes_lost = 0;  ///< that the header promises beyond the end of the file
  std::optional<std::uint64_t> time_reference;  ///< of a bext chunk before the data
};

/// Walks the chunks up to the data. Throws Error(malformed).
[[nodiscard]] WavChunks find_wav_chunks(ByteSource& source);

enum class WavEncoding { pcm_u8, pcm16, pcm24, pcm32, float32, float64 };

/// A WAV whose every field is sound and which decode_wav reads.
struct WavLayout {
  WavEncoding encoding = WavEncoding::pcm16;
  bool big_endian = false;
  double sample_rate_hz = 0;
  Index num_channels = 0;
  Index bytes_per_sample = 0;  ///< of one channel
  std::uint64_t data_offset = 0;
  Index num_samples = 0;   ///< that are there, of one channel
  Index samples_lost = 0;  ///< that the header promises beyond the end of the file
};

/// Throws Error(malformed) for what is not sound or not supported.
[[nodiscard]] WavLayout read_wav_layout(const ByteSource& source, const WavChunks& chunks);

}  // namespace partwise
