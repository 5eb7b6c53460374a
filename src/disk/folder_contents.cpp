#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <disk/file_source.hpp>
#include <disk/folder_contents.hpp>
#include <formats/text.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <string_view>

namespace partwise {
namespace {

// Ours has some kilobytes; nothing that large is worth parsing.
constexpr std::uint64_t kMaxSummaryBytes = std::uint64_t{16} << 20;

bool is_plain_file(int folder, const std::string& name) {
  struct ::stat status{};
  return ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
         S_ISREG(status.st_mode);
}

std::string read_summary(int folder) {
  UniqueFd file(::openat(folder, kSummaryName, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.valid()) return {};
  const auto source = make_file_source(std::move(file), kSummaryName);
  if (source->size() > kMaxSummaryBytes) return {};
  std::string text(static_cast<std::size_t>(source->size()), '\0');
  text.resize(source->read_at(0, std::as_writable_bytes(std::span(text))));
  return text;
}

}  // namespace

UniqueFd open_folder(int parent, const std::string& name) {
  return UniqueFd(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

std::vector<std::string> folder_entries(int folder) {
  // A descriptor of its own, for fdopendir takes it and moves its position.
  const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const auto close_dir = [](::DIR* dir) { ::closedir(dir); };
  std::unique_ptr<::DIR, decltype(close_dir)> dir(copy < 0 ? nullptr : ::fdopendir(copy),
                                                  close_dir);
  if (dir == nullptr) {
    const int error_number = errno;
    if (copy >= 0) ::close(copy);
    throw Error(ErrorCode::cannot_write, "cannot list the folder: " + system_text(error_number));
  }
  std::vector<std::string> out;
  for (;;) {
    errno = 0;
    const ::dirent* entry = ::readdir(dir.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") out.emplace_back(name);
  }
  if (errno != 0) {
    throw Error(ErrorCode::cannot_write, "cannot list the folder: " + system_text(errno));
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::set<std::string> listed_files(int folder) {
  std::string text;
  try {
    text = read_summary(folder);
  } catch (const Error&) {
    return {};  // unreadable: nothing is known to be ours
  }
  const auto summary = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!summary.is_object()) return {};
  const auto files = summary.find("files");
  if (files == summary.end() || !files->is_array()) return {};
  std::set<std::string> out = {kSummaryName};
  for (const auto& file : *files) {
    if (!file.is_object()) continue;
    const auto name = file.find("name");
    if (name != file.end() && name->is_string()) out.insert(name->get<std::string>());
  }
  return out;
}

std::optional<std::string> find_foreign_entry(int folder) {
  const std::set<std::string> listed = listed_files(folder);
  for (std::string& name : folder_entries(folder)) {
    if (!listed.contains(name) || !is_plain_file(folder, name)) return std::move(name);
  }
  return std::nullopt;
}

void remove_folder(int parent, const std::string& name, int folder,
                   const std::vector<std::string>& files) {
  for (const std::string& file : files) ::unlinkat(folder, file.c_str(), 0);
  ::unlinkat(parent, name.c_str(), AT_REMOVEDIR);
}

}  // namespace partwise
