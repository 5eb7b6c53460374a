#pragma once
#include <cstdint>
#include <memory>
#include <partwise/byte_stream.hpp>
#include <string>
#include <vector>

namespace partwise {

class FileSink;

/// A file of a staged folder as it was written.
struct StagedFile {
  std::string name;
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// A folder that appears whole or not at all. Files are written into a staging folder beside the
/// target (".<target name>.partwise-<pid>-<random>"), synced, and the folder is renamed as one by
/// commit(). Without commit() the destructor removes what was staged. Staging folders that a killed
/// process left beside the target are removed by the next run (their owner holds a lock on them).
class StagedFolder {
 public:
  /// May `target` be replaced? Throws Error(cannot_write) if target exists and `force` is false, if
  /// it is no folder, or if it holds anything that its own summary.json does not list.
  StagedFolder(std::string target, bool force);
  ~StagedFolder();
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  /// A new file. `name` is one path component of [A-Za-z0-9._-]{1,64}. The sink hashes as it
  /// writes; if the writer seeks (see SeekableSink), the hash is taken from the finished file. Safe
  /// to call from several threads, and different sinks may be written by different threads.
  [[nodiscard]] std::unique_ptr<FileSink> create(const std::string& name);

  /// Size and hash of a finished file.
  [[nodiscard]] StagedFile describe(const std::string& name) const;

  /// Opens a finished file for reading.
  [[nodiscard]] std::unique_ptr<ByteSource> open(const std::string& name) const;

  /// Syncs the folder and renames it to the target, exchanging it with the old one, which is then
  /// removed. Throws Error(cannot_write); the old folder is then as it was.
  void commit();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace partwise
