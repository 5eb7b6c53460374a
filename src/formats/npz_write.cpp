#include <zlib.h>

#include <algorithm>
#include <formats/byte_writer.hpp>
#include <formats/npy_header.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <partwise/npz.hpp>
#include <type_traits>

namespace partwise {
namespace {

constexpr std::uint64_t kIn64 = 0xffffffff;          // "see the Zip64 field"
constexpr std::uint64_t kManyMembers = 0xffff;       // "see the Zip64 end record"
constexpr std::uint16_t kFirstOfJanuary1980 = 0x21;  // the zero of DOS dates: no time stamp
constexpr std::uint16_t kVersionPlain = 20, kVersion64 = 45;  // needed to extract, times ten
constexpr std::uint16_t kUtf8Names = 0x0800;
constexpr std::uint16_t kZip64Field = 1;

struct Member {
  std::string name;
  std::vector<std::byte> header;
  std::span<const std::byte> values;
  std::uint32_t crc = 0;
  std::uint64_t at = 0;

  [[nodiscard]] std::uint64_t bytes() const { return header.size() + values.size(); }
  [[nodiscard]] bool big() const { return bytes() >= kIn64; }
};

template <class T>
constexpr NpyKind kind_of() {
  if constexpr (std::is_same_v<T, float>) return NpyKind::float32;
  if constexpr (std::is_same_v<T, double>) return NpyKind::float64;
  if constexpr (std::is_same_v<T, std::int32_t>) return NpyKind::int32;
  return NpyKind::int64;
}

Member make_member(const NpzArray& array) {
  Member out;
  out.name = array.name + ".npy";
  std::visit(
      [&](const auto& values) {
        using T = typename std::remove_cvref_t<decltype(values)>::value_type;
        out.header = npy_header_bytes(kind_of<T>(), array.shape);
        out.values = std::as_bytes(std::span(values));
        Index product = 1;
        for (const Index length : array.shape) product *= length;
        if (product != static_cast<Index>(values.size())) {
          throw Error(ErrorCode::internal,
                      "the array " + quoted(array.name) + " has " + std::to_string(values.size()) +
                          " values, its shape expects " + std::to_string(product));
        }
      },
      array.values);
  const auto add = [&](std::span<const std::byte> bytes) {
    if (bytes.empty()) return;  // to zlib no pointer means "start again"
    out.crc = static_cast<std::uint32_t>(
        ::crc32_z(out.crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
  };
  add(out.header);
  add(out.values);
  return out;
}

/// The fields that the local header and the directory entry share, from "version needed" on.
void put_common(ByteWriter& out, const Member& member, bool in64, std::size_t extra_bytes) {
  out.u16(in64 ? kVersion64 : kVersionPlain);
  out.u16(kUtf8Names);
  out.u16(0);  // stored
  out.u16(0);  // midnight
  out.u16(kFirstOfJanuary1980);
  out.u32(member.crc);
  out.u32(member.big() ? kIn64 : member.bytes());
  out.u32(member.big() ? kIn64 : member.bytes());
  out.u16(member.name.size());
  out.u16(extra_bytes);
}

std::vector<std::byte> local_header(const Member& member) {
  ByteWriter extra;
  if (member.big()) {
    extra.u16(kZip64Field);
    extra.u16(16);
    extra.u64(member.bytes());
    extra.u64(member.bytes());
  }
  ByteWriter out;
  out.text("PK\x03\x04");
  put_common(out, member, member.big(), extra.size());
  out.text(member.name);
  out.raw(extra.bytes());
  return out.take();
}

void put_entry(ByteWriter& out, const Member& member) {
  ByteWriter values;
  if (member.big()) {
    values.u64(member.bytes());
    values.u64(member.bytes());
  }
  const bool far = member.at >= kIn64;
  if (far) values.u64(member.at);
  ByteWriter extra;
  if (values.size() > 0) {
    extra.u16(kZip64Field);
    extra.u16(values.size());
    extra.raw(values.bytes());
  }
  out.text("PK\x01\x02");
  out.u16(kVersion64);  // made by: DOS, which has no file permissions to tell
  put_common(out, member, extra.size() > 0, extra.size());
  out.u16(0);  // comment
  out.u16(0);  // disk
  out.u16(0);  // attributes
  out.u32(0);
  out.u32(far ? kIn64 : member.at);
  out.text(member.name);
  out.raw(extra.bytes());
}

void put_end(ByteWriter& out, std::uint64_t members, std::uint64_t at, std::uint64_t bytes) {
  const bool in64 = at >= kIn64 || bytes >= kIn64 || members >= kManyMembers;
  if (in64) {
    constexpr std::uint64_t kRestOfRecord = 44;
    out.text("PK\x06\x06");
    out.u64(kRestOfRecord);
    out.u16(kVersion64);
    out.u16(kVersion64);
    out.u32(0);
    out.u32(0);
    out.u64(members);
    out.u64(members);
    out.u64(bytes);
    out.u64(at);
    out.text("PK\x06\x07");
    out.u32(0);
    out.u64(at + bytes);
    out.u32(1);
  }
  out.text("PK\x05\x06");
  out.u16(0);
  out.u16(0);
  out.u16(std::min(members, kManyMembers));
  out.u16(std::min(members, kManyMembers));
  out.u32(std::min(bytes, kIn64));
  out.u32(std::min(at, kIn64));
  out.u16(0);
}

}  // namespace

void write_npz(const std::vector<NpzArray>& arrays, ByteSink& sink) {
  std::uint64_t at = 0;
  ByteWriter directory;
  for (const NpzArray& array : arrays) {
    Member member = make_member(array);
    member.at = at;
    const std::vector<std::byte> header = local_header(member);
    sink.write(header);
    sink.write(member.header);
    sink.write(member.values);
    at += header.size() + member.bytes();
    put_entry(directory, member);
  }
  const std::uint64_t directory_bytes = directory.size();
  put_end(directory, arrays.size(), at, directory_bytes);
  sink.write(directory.bytes());
}

}  // namespace partwise
