#include <zlib.h>

#include <algorithm>
#include <formats/zip_writer.hpp>
#include <partwise/error.hpp>

namespace partwise {
namespace {

constexpr std::uint64_t kIn64 = 0xffffffff;          // "see the Zip64 field"
constexpr std::uint64_t kManyMembers = 0xffff;       // "see the Zip64 end record"
constexpr std::uint16_t kFirstOfJanuary1980 = 0x21;  // the zero of DOS dates: no time stamp
constexpr std::uint16_t kVersionPlain = 20, kVersion64 = 45;  // needed to extract, times ten
constexpr std::uint16_t kUtf8Names = 0x0800;
constexpr std::uint16_t kZip64Field = 1;

bool is_big(const ZipMember& member) { return member.num_bytes >= kIn64; }

/// The fields that the local header and the directory entry share, from "version needed" on.
void put_common(ByteWriter& out, const ZipMember& member, bool in64, std::size_t extra_bytes) {
  out.u16(in64 ? kVersion64 : kVersionPlain);
  out.u16(kUtf8Names);
  out.u16(0);  // stored
  out.u16(0);  // midnight
  out.u16(kFirstOfJanuary1980);
  out.u32(member.crc);
  out.u32(is_big(member) ? kIn64 : member.num_bytes);
  out.u32(is_big(member) ? kIn64 : member.num_bytes);
  out.u16(member.name.size());
  out.u16(extra_bytes);
}

std::vector<std::byte> local_header(const ZipMember& member) {
  ByteWriter extra;
  if (is_big(member)) {
    extra.u16(kZip64Field);
    extra.u16(16);
    extra.u64(member.num_bytes);
    extra.u64(member.num_bytes);
  }
  ByteWriter out;
  out.text("PK\x03\x04");
  put_common(out, member, is_big(member), extra.size());
  out.text(member.name);
  out.raw(extra.bytes());
  return out.take();
}

void put_entry(ByteWriter& out, const ZipMember& member, std::uint64_t position) {
  ByteWriter values;
  if (is_big(member)) {
    values.u64(member.num_bytes);
    values.u64(member.num_bytes);
  }
  const bool far = position >= kIn64;
  if (far) values.u64(position);
  ByteWriter extra;
  if (values.size() > 0) {
    extra.u16(kZip64Field);
    extra.u16(values.size());
    extra.raw(values.bytes());
  }
  out.text("PK\x01\x02");
  out.u16(kVersion64);  // made by: DOS, which has no file permissions
  put_common(out, member, extra.size() > 0, extra.size());
  out.u16(0);  // comment
  out.u16(0);  // disk
  out.u16(0);  // attributes
  out.u32(0);
  out.u32(far ? kIn64 : position);
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

std::uint32_t crc32_of(std::span<const std::byte> bytes, std::uint32_t before) {
  if (bytes.empty()) return before;  // to zlib no pointer means "start again"
  return static_cast<std::uint32_t>(
      ::crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void ZipWriter::begin(const ZipMember& member) {
  check_complete();
  put_entry(directory_, member, position_);
  ++num_members_;
  put(local_header(member));
  missing_ = member.num_bytes;
}

void ZipWriter::write(std::span<const std::byte> bytes) {
  if (bytes.size() > missing_) {
    throw Error(ErrorCode::internal, "a member of a zip archive is longer than announced");
  }
  put(bytes);
  missing_ -= bytes.size();
}

void ZipWriter::add(const std::string& name, std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text.data(), text.size()));
  begin({name, bytes.size(), crc32_of(bytes)});
  write(bytes);
}

void ZipWriter::finish() {
  check_complete();
  const std::uint64_t num_bytes = directory_.size();
  put_end(directory_, num_members_, position_, num_bytes);
  put(directory_.bytes());
}

void ZipWriter::put(std::span<const std::byte> bytes) {
  sink_.write(bytes);
  position_ += bytes.size();
}

void ZipWriter::check_complete() const {
  if (missing_ == 0) return;
  throw Error(ErrorCode::internal, "a member of a zip archive is shorter than announced");
}

}  // namespace partwise
