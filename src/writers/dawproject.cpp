#include <formats/zip_writer.hpp>
#include <vector>
#include <writers/dawproject.hpp>

namespace partwise {
namespace {

/// Calls use(bytes) with one block of the source after the other.
template <class Use>
void for_each_block(ByteSource& source, const Use& use) {
  std::vector<std::byte> block(std::size_t{256} << 10);
  std::uint64_t at = 0;
  while (const std::size_t got = source.read_at(at, block)) {
    use(std::span(block).first(got));
    at += got;
  }
}

}  // namespace

std::string archived_name(const SessionTrack& track) { return "audio/" + track.file_name; }

void write_dawproject(const Session& session, const AudioTags& tags, const OpenSound& open,
                      ByteSink& sink) {
  ZipWriter zip(sink);
  zip.add("project.xml", dawproject_xml(session));
  zip.add("metadata.xml", dawproject_metadata(tags));
  for (const SessionTrack& track : session.tracks) {
    const auto source = open(track.file_name);
    ZipMember member{archived_name(track), source->size(), 0};
    for_each_block(*source, [&](auto bytes) { member.crc = crc32_of(bytes, member.crc); });
    zip.begin(member);
    for_each_block(*source, [&](auto bytes) { zip.write(bytes); });
  }
  zip.finish();
}

}  // namespace partwise
