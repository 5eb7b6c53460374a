#include <algorithm>
#include <array>
#include <formats/little_endian.hpp>
#include <formats/tag_text.hpp>
#include <formats/wav_tags.hpp>
#include <string_view>
#include <vector>

namespace partwise {
namespace {

constexpr std::uint64_t kRiffHeaderBytes = 12;
constexpr std::uint64_t kChunkHeaderBytes = 8;
constexpr int kMaxChunks = 4096;  // as find_wav_chunks()
// Ten times the tags that any program writes; pictures and lists of cues lie in other chunks.
constexpr std::uint64_t kMostListBytes = 1 << 16;

struct Field {
  std::string_view id;
  std::string AudioTags::* tag;
};
// Microsoft, Multimedia Programming Interface and Data Specifications 1.0, section 2.
constexpr std::array<Field, 5> kFields = {{{"INAM", &AudioTags::title},
                                           {"IART", &AudioTags::artist},
                                           {"IPRD", &AudioTags::album},
                                           {"ICRD", &AudioTags::date},
                                           {"ICMT", &AudioTags::comment}}};

class InfoReader {
 public:
  InfoReader(ByteSource& source, bool big_endian) : source_(source), big_endian_(big_endian) {}

  /// Takes every LIST INFO chunk of [begin, end).
  void read(std::uint64_t begin, std::uint64_t end) {
    for (int i = 0; i < kMaxChunks && begin + kChunkHeaderBytes <= end; ++i) {
      std::array<std::byte, kChunkHeaderBytes + 4> head{};
      if (source_.read_at(begin, head) < kChunkHeaderBytes) return;
      const std::uint64_t size = load(head.data() + 4);
      if (text(head).starts_with("LIST") && text(head).substr(8) == "INFO") {
        read_list(begin + head.size(), std::min({size, kMostListBytes, end - begin}));
      }
      begin += kChunkHeaderBytes + size + (size & 1U);
    }
  }

  [[nodiscard]] AudioTags take() { return std::move(tags_); }

 private:
  static std::string_view text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] std::uint64_t load(const std::byte* p) const {
    return big_endian_ ? load_be<std::uint32_t>(p) : load_le<std::uint32_t>(p);
  }

  /// `size` counts the four bytes of "INFO", which lie before `offset`.
  void read_list(std::uint64_t offset, std::uint64_t size) {
    constexpr std::uint64_t kListTypeBytes = 4;
    if (size < kListTypeBytes) return;
    std::vector<std::byte> body(size - kListTypeBytes);
    body.resize(source_.read_at(offset, body));
    for (std::uint64_t at = 0; at + kChunkHeaderBytes <= body.size();) {
      const std::uint64_t length = load(body.data() + at + 4);
      take_field(text(body).substr(at, 4), text(body).substr(at + kChunkHeaderBytes, length));
      at += kChunkHeaderBytes + length + (length & 1U);
    }
  }

  void take_field(std::string_view id, std::string_view value) {
    for (const Field& field : kFields) {
      if (field.id == id && (tags_.*field.tag).empty()) tags_.*field.tag = tag_text(value);
    }
  }

  ByteSource& source_;
  bool big_endian_;
  AudioTags tags_;
};

}  // namespace

AudioTags read_wav_tags(ByteSource& source, const WavChunks& chunks) {
  InfoReader reader(source, chunks.big_endian);
  reader.read(kRiffHeaderBytes, chunks.data_offset - kChunkHeaderBytes);
  const std::uint64_t sound_ends = chunks.data_offset + chunks.data_bytes;
  reader.read(sound_ends + (chunks.data_bytes & 1U), source.size());
  return reader.take();
}

}  // namespace partwise
