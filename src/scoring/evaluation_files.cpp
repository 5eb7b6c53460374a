#include <algorithm>
#include <cctype>
#include <filesystem>
#include <options/option_parsing.hpp>
#include <partwise/error.hpp>
#include <scoring/evaluation_files.hpp>
#include <store/stored_parts.hpp>

namespace partwise {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStems = "stems";
constexpr std::string_view kPartsSuffix = ".parts";
// What keeps its samples where they are: a codec that adds silence in front would be scored for it.
constexpr std::string_view kExtensions[] = {".wav", ".flac", ".aif", ".aiff", ".w64", ".caf"};

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

bool is_sound(const fs::path& path) {
  return std::ranges::find(kExtensions, lower(path.extension().string())) != std::end(kExtensions);
}

/// What lies in a folder, by name. Throws Error(cannot_read).
std::vector<fs::path> entries_of(const std::string& folder) {
  std::error_code error;
  std::vector<fs::path> entries;
  fs::directory_iterator at(folder, error);
  for (; !error && at != fs::directory_iterator(); at.increment(error)) {
    entries.push_back(at->path());
  }
  if (error) {
    throw Error(ErrorCode::cannot_read, "cannot read " + folder + ": " + error.message());
  }
  std::ranges::sort(entries);
  return entries;
}

bool is_folder(const fs::path& path) {
  std::error_code unreadable;
  return fs::is_directory(path, unreadable);
}

bool is_file(const fs::path& path) {
  std::error_code unreadable;
  return fs::is_regular_file(path, unreadable);
}

bool is_rest_or_sum(const std::string& name) {
  const std::string word = lower(name);
  return word.starts_with("residual") || word.starts_with("mix") ||
         word.find("_residual") != std::string::npos;
}

EvaluationItem item_of(const fs::path& folder, const std::string& estimates,
                       const EvaluateOptions& options) {
  EvaluationItem item;
  // "stems/" and "." have no name of their own.
  const fs::path whole = fs::absolute(folder).lexically_normal();
  item.name = (whole.has_filename() ? whole : whole.parent_path()).filename().string();
  item.truth = folder.string();
  item.references = is_folder(folder / kStems) ? (folder / kStems).string() : item.truth;
  item.estimates = estimates;
  item.mixture = options.mixture;
  if (item.mixture.empty() && item.references != item.truth) {
    for (const NamedSound& sound : sounds_in(item.truth)) {
      if (sound.name == "mix") item.mixture = sound.path;
    }
  }
  return item;
}

std::string estimates_of(const std::string& name, const std::string& folder) {
  for (const std::string_view suffix : {std::string_view(), kPartsSuffix}) {
    const fs::path candidate = fs::path(folder) / (name + std::string(suffix));
    if (is_folder(candidate)) return candidate.string();
  }
  return {};
}

}  // namespace

std::vector<NamedSound> sounds_in(const std::string& folder) {
  std::vector<NamedSound> sounds;
  for (const fs::path& path : entries_of(folder)) {
    if (is_sound(path) && is_file(path)) sounds.push_back({path.stem().string(), path.string()});
  }
  return sounds;
}

std::vector<NamedSound> parts_in(const std::string& folder) {
  std::vector<NamedSound> parts;
  if (is_file(fs::path(folder) / "summary.json")) {
    for (const StoredPart& part : stored_parts(folder)) {
      parts.push_back({part.name, (fs::path(folder) / part.file).string()});
    }
  } else {
    parts = sounds_in(folder);
    std::erase_if(parts, [](const NamedSound& sound) { return is_rest_or_sum(sound.name); });
  }
  if (parts.empty()) {
    throw Error(ErrorCode::cannot_read,
                folder + ": no parts in it, expected WAV, FLAC or AIFF files");
  }
  return parts;
}

std::vector<EvaluationItem> find_items(const std::string& reference_folder,
                                       const std::string& estimate_folder,
                                       const EvaluateOptions& options) {
  (void)entries_of(estimate_folder);
  if (is_folder(fs::path(reference_folder) / kStems) || !sounds_in(reference_folder).empty()) {
    return {item_of(reference_folder, estimate_folder, options)};
  }
  std::vector<EvaluationItem> items;
  bool any_estimates = false;
  for (const fs::path& path : entries_of(reference_folder)) {
    if (!is_folder(path / kStems)) continue;
    items.push_back(
        item_of(path, estimates_of(path.filename().string(), estimate_folder), options));
    any_estimates |= !items.back().estimates.empty();
  }
  if (items.empty()) {
    throw Error(ErrorCode::cannot_read,
                reference_folder +
                    ": no references in it, expected WAV, FLAC or AIFF "
                    "files, a folder stems of them, or folders with one each");
  }
  if (!any_estimates) {
    throw Error(ErrorCode::cannot_read,
                estimate_folder + ": no estimates in it, expected a folder " + items.front().name +
                    " or others of the names in " + reference_folder);
  }
  if (!options.mixture.empty()) {
    throw bad_argument("mix", options.mixture, "nothing, for there are several recordings");
  }
  return items;
}

}  // namespace partwise
