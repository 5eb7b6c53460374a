#pragma once
#include <string>
#include <vector>

namespace partwise {

/// A part as summary.json tells of it.
struct StoredPart {
  std::string name;
  std::string file;  ///< in the folder
};

/// The parts of a folder that write_run() wrote, in their order. Throws Error(cannot_read),
/// Error(malformed).
[[nodiscard]] std::vector<StoredPart> stored_parts(const std::string& folder);

}  // namespace partwise
