#pragma once
#include <partwise/evaluate_folders.hpp>
#include <string>
#include <vector>

namespace partwise {

/// A file of sound, and what it is called in scores.
struct NamedSound {
  std::string name;
  std::string path;
};

/// The files of sound of a folder in the order of their names. Throws Error(cannot_read).
[[nodiscard]] std::vector<NamedSound> sounds_in(const std::string& folder);

/// The parts in a folder, as evaluate_item() says. Throws Error(cannot_read), Error(malformed).
[[nodiscard]] std::vector<NamedSound> parts_in(const std::string& folder);

}  // namespace partwise
