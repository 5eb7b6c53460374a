#include <formats/byte_writer.hpp>
#include <formats/wav_about.hpp>
#include <string>
#include <string_view>

namespace partwise {
namespace {

void append_chunk(ByteWriter& out, std::string_view id, const ByteWriter& body) {
  out.text(id);
  out.u32(body.size());
  out.raw(body.bytes());
  if (body.size() % 2 != 0) out.text(std::string_view("\0", 1));
}

/// Text in a field of fixed length, filled up with zeros.
void append_field(ByteWriter& out, std::string_view text, std::size_t bytes) {
  std::string field(text.substr(0, bytes));
  field.resize(bytes, '\0');
  out.text(field);
}

/// EBU Tech 3285, version 1. Date and time of origination stay empty: they would differ from run to
/// run, and when a part was made is not when it sounded.
ByteWriter bext_body(std::uint64_t time_reference) {
  constexpr std::size_t kDescription = 256, kOriginator = 32, kOriginatorReference = 32, kDate = 10,
                        kTime = 8, kUmid = 64, kReserved = 190;
  constexpr std::uint64_t kVersion = 1;
  ByteWriter body;
  append_field(body, "", kDescription);
  append_field(body, "partwise", kOriginator);
  append_field(body, "", kOriginatorReference + kDate + kTime);
  body.u64(time_reference);  // its low word first, as its bytes
  body.u16(kVersion);
  append_field(body, "", kUmid + kReserved);
  return body;
}

/// Microsoft, Multimedia Programming Interface and Data Specifications 1.0, section 2; in UTF-8, as
/// readers of today expect.
ByteWriter info_body(const AudioTags& tags) {
  ByteWriter body;
  body.text("INFO");
  const auto append = [&](std::string_view id, const std::string& value) {
    if (value.empty()) return;
    ByteWriter text;
    text.text(std::string_view(value.c_str(), value.size() + 1));  // with the zero at its end
    append_chunk(body, id, text);
  };
  append("INAM", tags.title);
  append("IART", tags.artist);
  append("IPRD", tags.album);
  append("ICRD", tags.date);
  return body;
}

}  // namespace

std::vector<std::byte> wav_about_chunks(const EncodeSpec& spec) {
  ByteWriter out;
  if (spec.time_reference) append_chunk(out, "bext", bext_body(*spec.time_reference));
  const AudioTags& tags = spec.tags;
  const bool has_tags =
      !tags.title.empty() || !tags.artist.empty() || !tags.album.empty() || !tags.date.empty();
  if (has_tags) append_chunk(out, "LIST", info_body(tags));
  return out.take();
}

}  // namespace partwise
