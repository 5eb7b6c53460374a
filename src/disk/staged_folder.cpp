#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <disk/file_sink.hpp>
#include <disk/file_source.hpp>
#include <disk/folder_contents.hpp>
#include <disk/place_folder.hpp>
#include <disk/staged_folder.hpp>
#include <disk/staging.hpp>
#include <formats/text.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <partwise/error.hpp>
#include <string_view>

namespace partwise {
namespace {

constexpr std::size_t kMaxNameBytes = 64;

void check_name(const std::string& name) {
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  if (name.empty() || name.size() > kMaxNameBytes || name == "." || name == ".." ||
      name.find_first_not_of(kAllowed) != std::string::npos) {
    throw Error(ErrorCode::internal,
                "file name " + quoted(name) + ", expected [A-Za-z0-9._-]{1,64}");
  }
}

/// What is known of the files; sinks of several threads report here, even after the folder.
class Registry {
 public:
  void begin(const std::string& name) {
    const std::lock_guard lock(mutex_);
    files_[name] = std::nullopt;
  }
  void finish(StagedFile file) {
    const std::lock_guard lock(mutex_);
    files_[file.name] = std::move(file);
  }
  [[nodiscard]] StagedFile get(const std::string& name) const {
    const std::lock_guard lock(mutex_);
    const auto found = files_.find(name);
    if (found == files_.end() || !found->second) {
      throw Error(ErrorCode::internal, quoted(name) + " is not a finished file of this folder");
    }
    return *found->second;  // NOLINT(bugprone-unchecked-optional-access): checked through the
                            // iterator
  }
  [[nodiscard]] std::vector<std::string> names() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> out;
    for (const auto& [name, file] : files_) out.push_back(name);
    return out;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::optional<StagedFile>> files_;
};

}  // namespace

struct StagedFolder::State {
  FolderTarget target;
  bool force = false;
  StagingFolder staging;
  bool committed = false;
  std::shared_ptr<Registry> registry = std::make_shared<Registry>();

  [[nodiscard]] std::string path_of(const std::string& name) const {
    return target.path + "/" + name;
  }
};

StagedFolder::StagedFolder(std::string target, bool force) : state_(std::make_unique<State>()) {
  state_->force = force;
  state_->target = open_target(std::move(target));
  const FolderTarget& where = state_->target;
  clean_stale_folders(where.parent.get(), where.base);
  check_replaceable(where, force);
  state_->staging = make_staging_folder(where.parent.get(), where.parent_path, where.base);
}

StagedFolder::~StagedFolder() {
  if (state_->committed) return;
  remove_folder(state_->target.parent.get(), state_->staging.name, state_->staging.folder.get(),
                state_->registry->names());
}

std::unique_ptr<FileSink> StagedFolder::create(const std::string& name) {
  check_name(name);
  constexpr ::mode_t kMode = 0666;  // the user's umask decides
  UniqueFd file(::openat(state_->staging.folder.get(), name.c_str(),
                         O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kMode));
  if (!file.valid()) {
    throw Error(ErrorCode::cannot_write,
                "cannot write " + state_->path_of(name) + ": " + system_text(errno));
  }
  state_->registry->begin(name);
  const auto on_finish = [registry = state_->registry, name](StagedFile result) {
    result.name = name;
    registry->finish(std::move(result));
  };
  return std::make_unique<FileSink>(std::move(file), state_->path_of(name), on_finish);
}

StagedFile StagedFolder::describe(const std::string& name) const {
  return state_->registry->get(name);
}

std::unique_ptr<ByteSource> StagedFolder::open(const std::string& name) const {
  const StagedFile known = state_->registry->get(name);
  UniqueFd file(::openat(state_->staging.folder.get(), known.name.c_str(),
                         O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file.valid()) {
    throw Error(ErrorCode::cannot_read,
                "cannot read " + state_->path_of(name) + ": " + system_text(errno));
  }
  return make_file_source(std::move(file), state_->path_of(name));
}

void StagedFolder::commit() {
  for (const std::string& name : state_->registry->names()) (void)state_->registry->get(name);
  place_folder(state_->target, state_->staging, state_->force);
  state_->committed = true;
  ::flock(state_->staging.folder.get(), LOCK_UN);
}

}  // namespace partwise
