#pragma once
#include <disk/unique_fd.hpp>
#include <string>

namespace partwise {

/// A folder beside the target, locked by this process for as long as `folder` is open.
struct StagingFolder {
  std::string name;
  UniqueFd folder;
};

/// Makes ".<base>.partwise-<pid>-<random>" in `parent`. Throws Error(cannot_write).
[[nodiscard]] StagingFolder make_staging_folder(int parent, const std::string& parent_path,
                                                const std::string& base);

/// ".<base>.partwise-old-<random>": where the old folder waits on file systems that cannot exchange
/// two names in one step.
[[nodiscard]] std::string set_aside_name(const std::string& base);

/// Clears away what killed runs left beside the target `base`: removes staging folders that nobody
/// holds a lock on, and puts a folder that was set aside back in its place if that is empty.
void clean_stale_folders(int parent, const std::string& base);

/// True if the lock on the open folder was free and is now ours.
[[nodiscard]] bool try_lock(int folder);

}  // namespace partwise
