#include <algorithm>
#include <filesystem>
#include <partwise/error.hpp>
#include <partwise/input_name.hpp>
#include <partwise/run.hpp>

namespace partwise {
namespace {

namespace fs = std::filesystem;

bool lies_below(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end();
}

}  // namespace

void check_inputs_outlive_outputs(const std::vector<std::string>& inputs,
                                  const std::vector<std::string>& folders) {
  std::error_code ignored;  // a path that cannot be resolved is refused where it is opened
  std::vector<fs::path> targets;
  for (const auto& folder : folders) targets.push_back(fs::weakly_canonical(folder, ignored));
  for (const auto& input : inputs) {
    if (input_kind(input) != InputKind::file) continue;
    const fs::path file = fs::weakly_canonical(input, ignored);
    const fs::path parent =
        fs::weakly_canonical(fs::absolute(input, ignored).parent_path(), ignored);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const fs::path& target = targets[i];
      if (target.empty() || (!lies_below(file, target) && !lies_below(parent, target))) continue;
      throw bad_argument("output", folders[i],
                         "a folder that does not hold the input (" + input + ")");
    }
  }
}

}  // namespace partwise
