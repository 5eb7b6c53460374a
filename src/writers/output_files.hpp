#pragma once
#include <disk/file_sink.hpp>
#include <disk/staged_folder.hpp>
#include <span>
#include <string>
#include <string_view>

namespace partwise {

/// A whole file of the folder at once.
inline void write_file(StagedFolder& folder, const std::string& name,
                       std::span<const std::byte> bytes) {
  const auto sink = folder.create(name);
  sink->write(bytes);
  sink->finish();
}
inline void write_file(StagedFolder& folder, const std::string& name, std::string_view text) {
  write_file(folder, name, std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace partwise
