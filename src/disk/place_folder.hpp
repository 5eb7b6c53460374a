#pragma once
#include <disk/staging.hpp>
#include <disk/unique_fd.hpp>
#include <string>

namespace partwise {

/// The folder to be made, by its parent.
struct FolderTarget {
  std::string path;         ///< as the user gave it, for messages
  std::string parent_path;  ///< for messages
  std::string base;         ///< the last component
  UniqueFd parent;
};

/// Splits a path and opens its parent. Throws Error(cannot_write).
[[nodiscard]] FolderTarget open_target(std::string path);

/// Throws Error(cannot_write), naming what is in the way, unless the target is absent or, with
/// `force`, a folder that holds only what its own summary.json lists.
void check_replaceable(const FolderTarget& target, bool force);

/// Makes the staging folder the target, durably, and removes the one that was there.
/// Throws Error(cannot_write); everything is then as it was.
void place_folder(const FolderTarget& target, const StagingFolder& staging, bool force);

}  // namespace partwise
