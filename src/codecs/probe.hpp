#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <partwise/run_control.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace partwise {

// What a file is, told from its bytes before the codec library sees it. Only what a probe let pass
// is opened: the library knows formats whose readers are not safe on hostile bytes, and has crashed
// on some that are.

enum class SoundKind { wav, coded_wav, flac, aiff, ogg, mp3, w64, caf, au, foreign };

/// A format that the program ffmpeg decodes.
struct ForeignFormat {
  std::string_view name;     ///< "MP4"
  std::string_view words;    ///< "an MP4, M4A or QuickTime file"
  std::string_view demuxer;  ///< the one of ffmpeg's that may see the bytes
};

/// Four bytes that the codec library is shown instead of those in the file.
struct Overlay {
  std::uint64_t offset = 0;
  std::array<std::byte, 4> bytes{};
};

/// What a FLAC header says that libsndfile does not pass on.
struct FlacFacts {
  unsigned bits = 16;
  std::array<std::byte, 16> md5{};  ///< of all samples
};

struct Probe {
  SoundKind kind = SoundKind::wav;
  std::optional<Index> promised_samples;  ///< of one channel, as the header says
  std::vector<std::string> warnings;
  std::optional<Overlay> overlay;
  std::optional<ForeignFormat> foreign;  ///< of SoundKind::foreign
  std::optional<FlacFacts> flac;         ///< of a file whose encoder summed its samples
};

/// Throws Error(malformed), in words for a user, for anything that partwise does not read.
[[nodiscard]] Probe probe_sound(ByteSource& source, const RunControl& control);

// One container each; the magic bytes are known to be there. `offset`: where the container begins.
[[nodiscard]] Probe probe_flac(ByteSource& source, std::uint64_t offset);
[[nodiscard]] Probe probe_aiff(ByteSource& source);
[[nodiscard]] Probe probe_ogg(ByteSource& source, const RunControl& control);
[[nodiscard]] Probe probe_mp3(ByteSource& source, std::uint64_t offset);
[[nodiscard]] Probe probe_w64(ByteSource& source);
[[nodiscard]] Probe probe_caf(ByteSource& source);
[[nodiscard]] Probe probe_au(ByteSource& source);

/// The format of which these are the first bytes, if ffmpeg is to read it. MPEG frames are told by
/// mpeg_format().
[[nodiscard]] std::optional<ForeignFormat> foreign_format(std::string_view head);

/// The MPEG sound other than layer III whose frame begins so: AAC in ADTS, layer II.
[[nodiscard]] std::optional<ForeignFormat> mpeg_format(std::string_view frame);

[[nodiscard]] Probe foreign_probe(const ForeignFormat& format);

/// Error(malformed) with the name of the source in front.
[[noreturn]] void throw_malformed(const ByteSource& source, const std::string& what);

/// Exactly `out.size()` bytes at `offset`, or Error(malformed).
void read_header(ByteSource& source, std::uint64_t offset, std::span<std::byte> out);

/// Bytes as text, to compare with names of chunks.
[[nodiscard]] std::string_view as_text(std::span<const std::byte> bytes);

}  // namespace partwise
