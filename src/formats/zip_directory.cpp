#include <algorithm>
#include <formats/little_endian.hpp>
#include <formats/text.hpp>
#include <formats/zip_reader.hpp>
#include <optional>
#include <partwise/error.hpp>

namespace partwise {
namespace {

// Signatures and lengths of APPNOTE.TXT (PKWARE), sections 4.3.12 to 4.3.16.
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kEnd64LocatorSignature = 0x07064b50;
constexpr std::uint32_t kEntrySignature = 0x02014b50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kEnd64LocatorBytes = 20;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kMaxCommentBytes = 65535;
constexpr std::uint16_t kZip64Field = 1;
constexpr std::uint32_t kIn64 = 0xffffffff;  // "see the Zip64 field"

// A file of ours has seven members; these only stop a hostile directory.
constexpr std::uint64_t kMaxMembers = 4096;
constexpr std::uint64_t kMaxDirectoryBytes = std::uint64_t{4} << 20;

[[noreturn]] void throw_malformed(const ByteSource& source, const std::string& what) {
  throw Error(ErrorCode::malformed, source.name() + ": " + what);
}

std::vector<std::byte> read_exactly(ByteSource& source, std::uint64_t offset, std::size_t count) {
  std::vector<std::byte> bytes(count);
  if (source.read_at(offset, bytes) != count) throw_malformed(source, "the zip file is cut off");
  return bytes;
}

struct Directory {
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::uint64_t members = 0;
};

/// Where the last end record begins, counted in `tail`.
std::optional<std::size_t> find_end_record(const std::vector<std::byte>& tail) {
  for (std::size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
    if (load_le<std::uint32_t>(tail.data() + at) != kEndSignature) continue;
    const std::size_t comment = load_le<std::uint16_t>(tail.data() + at + 20);
    if (at + kEndBytes + comment == tail.size()) return at;
  }
  return std::nullopt;
}

std::optional<Directory> read_zip64_end(ByteSource& source, std::uint64_t end_at) {
  if (end_at < kEnd64LocatorBytes) return std::nullopt;
  const auto locator = read_exactly(source, end_at - kEnd64LocatorBytes, kEnd64LocatorBytes);
  if (load_le<std::uint32_t>(locator.data()) != kEnd64LocatorSignature) return std::nullopt;
  const auto record = read_exactly(source, load_le<std::uint64_t>(locator.data() + 8), kEnd64Bytes);
  if (load_le<std::uint32_t>(record.data()) != kEnd64Signature) {
    throw_malformed(source, "its Zip64 end record is not where the locator says");
  }
  return Directory{load_le<std::uint64_t>(record.data() + 48),
                   load_le<std::uint64_t>(record.data() + 40),
                   load_le<std::uint64_t>(record.data() + 32)};
}

Directory find_directory(ByteSource& source) {
  if (source.size() < kEndBytes) throw_malformed(source, "is not an npz (zip) file");
  const auto tail_bytes = static_cast<std::size_t>(
      std::min<std::uint64_t>(source.size(), kEndBytes + kMaxCommentBytes));
  const std::uint64_t tail_at = source.size() - tail_bytes;
  const auto tail = read_exactly(source, tail_at, tail_bytes);
  const auto end = find_end_record(tail);
  if (!end) throw_malformed(source, "is not an npz (zip) file, or its end is missing");
  const std::byte* record = tail.data() + *end;
  Directory out{load_le<std::uint32_t>(record + 16), load_le<std::uint32_t>(record + 12),
                load_le<std::uint16_t>(record + 10)};
  if (const auto big = read_zip64_end(source, tail_at + *end)) out = *big;
  if (out.members > kMaxMembers || out.bytes > kMaxDirectoryBytes) {
    throw_malformed(source, "its zip directory lists " + std::to_string(out.members) +
                                " members in " + std::to_string(out.bytes) +
                                " bytes, expected at most " + std::to_string(kMaxMembers) + " in " +
                                std::to_string(kMaxDirectoryBytes));
  }
  return out;
}

/// Takes from the Zip64 extra field what did not fit its 32-bit place.
bool apply_zip64(std::span<const std::byte> extra, ZipMember& member) {
  while (extra.size() >= 4) {
    const auto id = load_le<std::uint16_t>(extra.data());
    const std::size_t length = load_le<std::uint16_t>(extra.data() + 2);
    if (length > extra.size() - 4) return false;
    auto field = extra.subspan(4, length);
    extra = extra.subspan(4 + length);
    if (id != kZip64Field) continue;
    for (std::uint64_t* value : {&member.bytes, &member.packed_bytes, &member.header_at}) {
      if (*value != kIn64) continue;
      if (field.size() < 8) return false;
      *value = load_le<std::uint64_t>(field.data());
      field = field.subspan(8);
    }
  }
  return true;
}

/// Reads the entry at the front of `rest` and moves `rest` behind it.
ZipMember take_entry(ByteSource& source, std::span<const std::byte>& rest) {
  if (rest.size() < kEntryBytes || load_le<std::uint32_t>(rest.data()) != kEntrySignature) {
    throw_malformed(source, "its zip directory is damaged");
  }
  const std::byte* p = rest.data();
  ZipMember member;
  member.flags = load_le<std::uint16_t>(p + 8);
  member.method = load_le<std::uint16_t>(p + 10);
  member.crc = load_le<std::uint32_t>(p + 16);
  member.packed_bytes = load_le<std::uint32_t>(p + 20);
  member.bytes = load_le<std::uint32_t>(p + 24);
  member.header_at = load_le<std::uint32_t>(p + 42);
  const std::size_t name = load_le<std::uint16_t>(p + 28);
  const std::size_t extra = load_le<std::uint16_t>(p + 30);
  const std::size_t comment = load_le<std::uint16_t>(p + 32);
  if (name + extra + comment > rest.size() - kEntryBytes) {
    throw_malformed(source, "its zip directory is damaged");
  }
  member.name.assign(reinterpret_cast<const char*>(p) + kEntryBytes, name);
  if (!apply_zip64(rest.subspan(kEntryBytes + name, extra), member)) {
    throw_malformed(source, "the Zip64 field of " + quoted(member.name) + " is damaged");
  }
  rest = rest.subspan(kEntryBytes + name + extra + comment);
  return member;
}

}  // namespace

std::vector<ZipMember> read_zip_directory(ByteSource& source) {
  const Directory directory = find_directory(source);
  const auto bytes =
      read_exactly(source, directory.offset, static_cast<std::size_t>(directory.bytes));
  std::span<const std::byte> rest(bytes);
  std::vector<ZipMember> members;
  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < directory.members; ++i) {
    members.push_back(take_entry(source, rest));
    names.push_back(members.back().name);
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice != names.end()) throw_malformed(source, "holds " + quoted(*twice) + " twice");
  return members;
}

}  // namespace partwise
