#pragma once
#include <disk/unique_fd.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace partwise {

/// The file that says what partwise wrote into a folder, and that does not list itself.
inline constexpr const char* kSummaryName = "summary.json";

/// Opens a folder that lies in `parent`; never follows a link. Invalid if that fails (see errno).
[[nodiscard]] UniqueFd open_folder(int parent, const std::string& name);

/// Everything in a folder but "." and "..". Throws Error(cannot_write).
[[nodiscard]] std::vector<std::string> folder_entries(int folder);

/// The files that the folder's own summary.json lists, and that file itself; empty if there is
/// none that can be read.
[[nodiscard]] std::set<std::string> listed_files(int folder);

/// Something in the folder that is no plain file or that summary.json does not list, if any.
[[nodiscard]] std::optional<std::string> find_foreign_entry(int folder);

/// Removes the named files and then the folder, which stays if it holds anything else.
/// Never looks into folders inside. Failures are left for the next run.
void remove_folder(int parent, const std::string& name, int folder,
                   const std::vector<std::string>& files);

}  // namespace partwise
