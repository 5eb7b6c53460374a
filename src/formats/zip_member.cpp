#include <zlib.h>

#include <algorithm>
#include <array>
#include <formats/little_endian.hpp>
#include <formats/text.hpp>
#include <formats/zip_reader.hpp>
#include <new>
#include <optional>
#include <partwise/error.hpp>

namespace partwise {
namespace {

constexpr std::uint32_t kLocalSignature = 0x04034b50;  // APPNOTE.TXT, section 4.3.7
constexpr std::size_t kLocalBytes = 30;
constexpr std::uint16_t kEncrypted = 1;
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
// Deflate packs at most 258 bytes into 2 bits; a larger promise is a lie.
constexpr std::uint64_t kMaxRatio = 1032;

[[noreturn]] void throw_malformed(const ByteSource& source, const ZipMember& member,
                                  const std::string& what) {
  throw Error(ErrorCode::malformed, source.name() + ": " + quoted(member.name) + " " + what);
}

void check_method(const ByteSource& source, const ZipMember& member) {
  if ((member.flags & kEncrypted) != 0) throw_malformed(source, member, "is encrypted");
  if (member.method != kStored && member.method != kDeflated) {
    throw_malformed(source, member,
                    "is packed by method " + std::to_string(member.method) +
                        ", expected 0 (stored) or 8 (deflated)");
  }
  if (member.method == kStored && member.packed_bytes != member.bytes) {
    throw_malformed(source, member, "is stored with two sizes that do not agree");
  }
  if (member.bytes / kMaxRatio > member.packed_bytes) {
    throw_malformed(source, member,
                    "claims to unpack to " + std::to_string(member.bytes) + " bytes, more than " +
                        std::to_string(member.packed_bytes) + " can hold");
  }
}

/// Where the packed bytes begin; all of them are there.
std::uint64_t find_bytes(ByteSource& source, const ZipMember& member) {
  std::array<std::byte, kLocalBytes> header;
  if (member.header_at > source.size() ||
      source.read_at(member.header_at, header) != header.size() ||
      load_le<std::uint32_t>(header.data()) != kLocalSignature) {
    throw_malformed(source, member, "is not where the zip directory says");
  }
  const std::uint64_t begin = member.header_at + kLocalBytes +
                              load_le<std::uint16_t>(header.data() + 26) +
                              load_le<std::uint16_t>(header.data() + 28);
  if (begin > source.size() || member.packed_bytes > source.size() - begin) {
    throw_malformed(source, member, "reaches beyond the end of the file");
  }
  return begin;
}

/// Counts and checks what is handed on.
class CheckedOutput {
 public:
  CheckedOutput(const ByteSource& source, const ZipMember& member,
                const std::function<void(std::span<const std::byte>)>& take)
      : source_(source), member_(member), take_(take) {}

  void put(std::span<const std::byte> bytes) {
    if (bytes.size() > member_.bytes - count_) {
      throw_malformed(
          source_, member_,
          "unpacks to more than the " + std::to_string(member_.bytes) + " bytes it declares");
    }
    if (bytes.empty()) return;  // to zlib no pointer means "start again"
    count_ += bytes.size();
    crc_ = ::crc32_z(crc_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    take_(bytes);
  }
  void finish() const {
    if (count_ != member_.bytes) {
      throw_malformed(source_, member_,
                      "unpacks to " + std::to_string(count_) + " bytes, expected " +
                          std::to_string(member_.bytes));
    }
    if (crc_ != member_.crc) throw_malformed(source_, member_, "is damaged (CRC does not agree)");
  }

 private:
  const ByteSource& source_;
  const ZipMember& member_;
  const std::function<void(std::span<const std::byte>)>& take_;
  std::uint64_t count_ = 0;
  unsigned long crc_ = 0;
};

/// A zlib stream that ends itself.
class Inflater {
 public:
  Inflater() {
    constexpr int kRawDeflate = -MAX_WBITS;  // a zip member has no zlib header
    if (::inflateInit2(&stream_, kRawDeflate) != Z_OK) throw std::bad_alloc();
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { ::inflateEnd(&stream_); }

  /// Unpacks `in`, handing blocks of `room` to `out`; false if the stream is damaged.
  bool run(std::span<const std::byte> in, std::span<std::byte> room, CheckedOutput& out) {
    stream_.next_in =
        const_cast<Bytef*>(reinterpret_cast<const Bytef*>(in.data()));  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(in.size());
    while (!ended_) {
      stream_.next_out = reinterpret_cast<Bytef*>(room.data());
      stream_.avail_out = static_cast<uInt>(room.size());
      const int result = ::inflate(&stream_, Z_NO_FLUSH);
      const std::size_t made = room.size() - stream_.avail_out;
      out.put(room.first(made));
      if (result == Z_STREAM_END) {
        ended_ = true;
        return stream_.avail_in == 0;
      }
      if (result == Z_BUF_ERROR || (result == Z_OK && made < room.size())) return true;
      if (result != Z_OK) return false;
    }
    return in.empty();
  }
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  z_stream stream_{};
  bool ended_ = false;
};

}  // namespace

void read_zip_member(ByteSource& source, const ZipMember& member,
                     const std::function<void(std::span<const std::byte>)>& take) {
  check_method(source, member);
  const std::uint64_t begin = find_bytes(source, member);
  CheckedOutput out(source, member, take);
  const bool deflated = member.method == kDeflated;
  std::optional<Inflater> inflater;
  std::vector<std::byte> packed(
      static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, member.packed_bytes)));
  std::vector<std::byte> unpacked;
  if (deflated) {
    inflater.emplace();
    unpacked.resize(kBlockBytes);
  }
  for (std::uint64_t done = 0; done < member.packed_bytes;) {
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, member.packed_bytes - done));
    const auto block = std::span(packed).first(count);
    if (source.read_at(begin + done, block) != count) {
      throw_malformed(source, member, "is cut off");
    }
    done += count;
    if (!deflated) {
      out.put(block);
    } else if (!inflater->run(block, unpacked, out)) {
      throw_malformed(source, member, "is damaged (not a deflate stream)");
    }
  }
  if (deflated && !inflater->ended()) {
    throw_malformed(source, member, "is damaged (its deflate stream has no end)");
  }
  out.finish();
}

}  // namespace partwise
