// One file that appears whole: written beside its place, synced, and renamed.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <disk/file_sink.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <partwise/image.hpp>

namespace partwise {
namespace {

[[noreturn]] void throw_cannot_write(const std::string& path, const std::string& why) {
  throw Error(ErrorCode::cannot_write, "cannot write " + path + ": " + why);
}

/// Beside `path`, so that a rename is one step; named so that it can be told.
std::string staging_path(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return path.substr(0, name) + "." + path.substr(name) + ".partwise-" + std::to_string(::getpid());
}

/// Removes what was staged unless it has got its name.
class Staged {
 public:
  explicit Staged(std::string path) : path_(std::move(path)) {}
  ~Staged() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  Staged(const Staged&) = delete;
  Staged& operator=(const Staged&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  void done() { path_.clear(); }

 private:
  std::string path_;
};

}  // namespace

void save_png(const Image& image, const std::string& path, bool force) {
  constexpr mode_t kMode = 0666;  // what the user's mask leaves of it
  Staged staged(staging_path(path));
  UniqueFd file(
      ::open(staged.path().c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kMode));
  if (file.get() < 0) throw_cannot_write(path, system_text(errno));
  FileSink sink(std::move(file), path, [](const StagedFile&) {});
  write_png(image, sink);
  sink.finish();
  const unsigned flags = force ? 0 : RENAME_NOREPLACE;
  int error =
      ::renameat2(AT_FDCWD, staged.path().c_str(), AT_FDCWD, path.c_str(), flags) == 0 ? 0 : errno;
  // File systems that do not know the flag.
  if (error == EINVAL && ::access(path.c_str(), F_OK) != 0)
    error = ::rename(staged.path().c_str(), path.c_str()) == 0 ? 0 : errno;
  if (error == EEXIST) {
    throw Error(ErrorCode::cannot_write, "cannot write " + path + ": it exists",
                OptionName("force") + " replaces it");
  }
  if (error != 0) throw_cannot_write(path, system_text(error));
  staged.done();
}

}  // namespace partwise
