#include <array>
#include <codecs/probe.hpp>

namespace partwise {
namespace {

struct Magic {
  std::size_t at;
  std::string_view bytes;
  ForeignFormat format;
};

// One demuxer for each magic: ffmpeg's own guess would let bytes choose among all it has, playlists
// and other formats that name further files among them.
constexpr ForeignFormat kMp4{"MP4", "an MP4, M4A or QuickTime file", "mov"};
constexpr std::array<Magic, 14> kMagics = {{
    {4, "ftyp", kMp4},
    {4, "moov", kMp4},  // QuickTime before 2001 has no ftyp
    {4, "mdat", kMp4},
    {4, "wide", kMp4},
    {0, "\x1a\x45\xdf\xa3", {"Matroska", "a Matroska or WebM file", "matroska"}},
    {0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", {"ASF", "a WMA or WMV file", "asf"}},
    {0, "MAC ", {"Monkey's Audio", "a Monkey's Audio file", "ape"}},
    {0, "wvpk", {"WavPack", "a WavPack file", "wv"}},
    {0, "TTA1", {"TTA", "a TTA file", "tta"}},
    {0, "tBaK", {"TAK", "a TAK file", "tak"}},
    {0, "MPCK", {"Musepack", "a Musepack file", "mpc8"}},
    {0, "#!AMR", {"AMR", "an AMR file", "amr"}},
    {0, "FLV\x01", {"FLV", "a Flash video", "flv"}},
    {8, "AVI ", {"AVI", "an AVI file", "avi"}},
}};

}  // namespace

std::optional<ForeignFormat> foreign_format(std::string_view head) {
  for (const Magic& magic : kMagics) {
    if (head.size() >= magic.at && head.substr(magic.at).starts_with(magic.bytes)) {
      return magic.format;
    }
  }
  return std::nullopt;
}

// ISO 13818-7, section 6.2 (ADTS); ISO 11172-3, section 2.4.2.3 (layers).
std::optional<ForeignFormat> mpeg_format(std::string_view frame) {
  if (frame.size() < 2 || static_cast<unsigned char>(frame[0]) != 0xff) return std::nullopt;
  const auto second = static_cast<unsigned char>(frame[1]);
  constexpr unsigned kSyncAndLayer = 0xf6, kAdts = 0xf0;
  if ((second & kSyncAndLayer) == kAdts) return ForeignFormat{"AAC", "an AAC file", "aac"};
  constexpr unsigned kSyncAndLayer2 = 0xe6, kLayer2 = 0xe4;
  if ((second & kSyncAndLayer2) == kLayer2) {
    return ForeignFormat{"MP2", "an MPEG layer II file", "mp3"};
  }
  return std::nullopt;
}

Probe foreign_probe(const ForeignFormat& format) {
  Probe out;
  out.kind = SoundKind::foreign;
  out.foreign = format;
  return out;
}

}  // namespace partwise
