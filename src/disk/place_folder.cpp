#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <disk/folder_contents.hpp>
#include <disk/place_folder.hpp>
#include <formats/text.hpp>
#include <functional>
#include <partwise/error.hpp>

namespace partwise {
namespace {

[[noreturn]] void throw_cannot_write(const FolderTarget& target, const std::string& why) {
  throw Error(ErrorCode::cannot_write, "cannot write " + target.path + ": " + why);
}

/// File systems that do not know a flag of renameat2 say so in one of these ways.
bool flag_is_unknown(int error_number) {
  return error_number == EINVAL || error_number == ENOSYS || error_number == ENOTSUP;
}

/// Syncs a folder; true also where the file system has no such thing for folders.
bool sync_folder(int folder) { return ::fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP; }

bool is_absent(const FolderTarget& target) {
  struct ::stat status{};
  return ::fstatat(target.parent.get(), target.base.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 &&
         errno == ENOENT;
}

int rename_within(int parent, const std::string& from, const std::string& to, unsigned flags) {
  return ::renameat2(parent, from.c_str(), parent, to.c_str(), flags);
}

/// Renames onto a name that is free. Returns 0, or the errno: EEXIST if it is not free.
int rename_to_free_name(const FolderTarget& target, const std::string& from) {
  const int parent = target.parent.get();
  if (rename_within(parent, from, target.base, RENAME_NOREPLACE) == 0) return 0;
  if (!flag_is_unknown(errno)) return errno;
  if (!is_absent(target)) return EEXIST;
  // Onto a folder that appears just now this fails, unless that is empty: nothing can be lost.
  return rename_within(parent, from, target.base, 0) == 0 ? 0 : errno;
}

/// Where the old folder went, and how to undo it.
struct Exchange {
  std::string old_name;
  std::function<void()> undo;
};

Exchange exchange(const FolderTarget& target, const StagingFolder& staging) {
  const int parent = target.parent.get();
  if (rename_within(parent, staging.name, target.base, RENAME_EXCHANGE) == 0) {
    return {staging.name, [&target, &staging, parent] {
              rename_within(parent, staging.name, target.base, RENAME_EXCHANGE);
            }};
  }
  if (!flag_is_unknown(errno)) throw_cannot_write(target, system_text(errno));
  // Two steps. A run killed between them leaves the old folder under a name from which the next
  // run puts it back.
  const std::string aside = set_aside_name(target.base);
  if (rename_within(parent, target.base, aside, 0) != 0) {
    throw_cannot_write(target, system_text(errno));
  }
  if (rename_within(parent, staging.name, target.base, 0) != 0) {
    const int error_number = errno;
    rename_within(parent, aside, target.base, 0);
    throw_cannot_write(target, system_text(error_number));
  }
  return {aside, [&target, &staging, parent, aside] {
            rename_within(parent, target.base, staging.name, 0);
            rename_within(parent, aside, target.base, 0);
          }};
}

void replace_folder(const FolderTarget& target, const StagingFolder& staging) {
  const int parent = target.parent.get();
  const UniqueFd old_folder = open_folder(parent, target.base);
  if (!old_folder.valid()) throw_cannot_write(target, system_text(errno));
  // Held so that no other run takes the old folder for a stale one while it can still come back.
  (void)try_lock(old_folder.get());
  const Exchange done = exchange(target, staging);
  // Looked at again, for somebody may have put a file into it since the run began.
  const auto foreign = find_foreign_entry(old_folder.get());
  if (foreign || !sync_folder(parent)) {
    const int error_number = errno;
    done.undo();
    throw_cannot_write(target, foreign ? "somebody put " + quoted(*foreign) + " into it meanwhile"
                                       : system_text(error_number));
  }
  remove_folder(parent, done.old_name, old_folder.get(), folder_entries(old_folder.get()));
}

}  // namespace

FolderTarget open_target(std::string path) {
  FolderTarget out;
  out.path = path;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  const std::size_t slash = path.rfind('/');
  out.base = slash == std::string::npos ? path : path.substr(slash + 1);
  out.parent_path = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (out.base.empty() || out.base == "." || out.base == "..") {
    throw Error(ErrorCode::cannot_write,
                "cannot write " + quoted(out.path) + ": expected the name of a folder to be made");
  }
  out.parent = UniqueFd(::open(out.parent_path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!out.parent.valid()) {
    throw_cannot_write(out, "its parent folder " + out.parent_path + ": " + system_text(errno));
  }
  return out;
}

void check_replaceable(const FolderTarget& target, bool force) {
  struct ::stat status{};
  if (::fstatat(target.parent.get(), target.base.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return;
    throw_cannot_write(target, system_text(errno));
  }
  if (S_ISLNK(status.st_mode)) {
    throw_cannot_write(target, "it is a symbolic link, expected a folder or a free name");
  }
  if (!S_ISDIR(status.st_mode)) {
    throw_cannot_write(target, "it is a file, expected a folder or a free name");
  }
  if (!force) {
    throw Error(ErrorCode::cannot_write, "cannot write " + target.path + ": it exists",
                OptionName("force") + " replaces it");
  }
  const UniqueFd folder = open_folder(target.parent.get(), target.base);
  if (!folder.valid()) throw_cannot_write(target, system_text(errno));
  if (const auto foreign = find_foreign_entry(folder.get())) {
    throw_cannot_write(target, "it holds " + quoted(*foreign) +
                                   ", which its summary.json does not list; move that away or "
                                   "choose another folder");
  }
}

void place_folder(const FolderTarget& target, const StagingFolder& staging, bool force) {
  if (!sync_folder(staging.folder.get())) throw_cannot_write(target, system_text(errno));
  const int error_number = rename_to_free_name(target, staging.name);
  if (error_number == EEXIST || error_number == ENOTEMPTY) {
    check_replaceable(target, force);
    replace_folder(target, staging);
    return;
  }
  if (error_number != 0) throw_cannot_write(target, system_text(error_number));
  if (!sync_folder(target.parent.get())) {
    const int sync_error = errno;
    rename_within(target.parent.get(), target.base, staging.name, 0);
    throw_cannot_write(target, system_text(sync_error));
  }
}

}  // namespace partwise
