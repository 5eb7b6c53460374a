#pragma once
#include <functional>
#include <memory>
#include <partwise/audio_file.hpp>
#include <partwise/byte_stream.hpp>
#include <string>
#include <writers/session.hpp>

namespace partwise {

/// The name of a track's file within the archive.
[[nodiscard]] std::string archived_name(const SessionTrack& track);

/// project.xml of a DAWproject 1.0 archive (Bitwig's open exchange format: Project.xsd), with
/// sound as audio/FILE_NAME. Places on the time line are in beats at the session's tempo, places
/// within a file in seconds.
[[nodiscard]] std::string dawproject_xml(const Session& session);

/// metadata.xml of the archive (MetaData.xsd).
[[nodiscard]] std::string dawproject_metadata(const AudioTags& tags);

/// Opens a file of sound by its name.
using OpenSound = std::function<std::unique_ptr<ByteSource>(const std::string& file_name)>;

/// The whole archive: both documents and a copy of every track's file. Reads each file twice, in
/// blocks of 256 KiB. Does not finish the sink. Throws what reading and writing throw.
void write_dawproject(const Session& session, const AudioTags& tags, const OpenSound& open,
                      ByteSink& sink);

}  // namespace partwise
