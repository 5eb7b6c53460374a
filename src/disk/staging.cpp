#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <disk/folder_contents.hpp>
#include <disk/staging.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <string_view>

namespace partwise {
namespace {

constexpr std::string_view kMark = ".partwise-";
constexpr std::string_view kOld = "old";
constexpr std::size_t kRandomDigits = 16;
// A name has at most 255 bytes; what is added to the target's takes up to 40 of them.
constexpr std::size_t kMaxBaseBytes = 200;

std::string random_digits() {
  std::uint64_t value = 0;
  if (::getrandom(&value, sizeof value, 0) != sizeof value) {
    throw Error(ErrorCode::internal, "no random numbers: " + system_text(errno));
  }
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < kRandomDigits; ++i) out += kHex[(value >> (4 * i)) & 15U];
  return out;
}

std::string prefix_of(const std::string& base) {
  return "." + base.substr(0, kMaxBaseBytes) + std::string(kMark);
}

enum class Kind { other, staging, set_aside };

/// Is `name` one that this module gives for the target `base`?
Kind kind_of(std::string_view name, const std::string& prefix) {
  if (!name.starts_with(prefix)) return Kind::other;
  name.remove_prefix(prefix.size());
  const std::size_t dash = name.find('-');
  if (dash == std::string_view::npos || dash == 0) return Kind::other;
  const std::string_view owner = name.substr(0, dash), digits = name.substr(dash + 1);
  if (digits.size() != kRandomDigits ||
      digits.find_first_not_of("0123456789abcdef") != std::string_view::npos) {
    return Kind::other;
  }
  if (owner == kOld) return Kind::set_aside;
  return owner.find_first_not_of("0123456789") == std::string_view::npos ? Kind::staging
                                                                         : Kind::other;
}

/// Does the name still stand for the open folder? Another run may have cleaned it away.
bool still_there(int parent, const std::string& name, int folder) {
  struct ::stat by_name{}, by_handle{};
  return ::fstatat(parent, name.c_str(), &by_name, AT_SYMLINK_NOFOLLOW) == 0 &&
         ::fstat(folder, &by_handle) == 0 && by_name.st_ino == by_handle.st_ino &&
         by_name.st_dev == by_handle.st_dev;
}

}  // namespace

bool try_lock(int folder) { return ::flock(folder, LOCK_EX | LOCK_NB) == 0; }

std::string set_aside_name(const std::string& base) {
  return prefix_of(base) + std::string(kOld) + "-" + random_digits();
}

StagingFolder make_staging_folder(int parent, const std::string& parent_path,
                                  const std::string& base) {
  constexpr int kAttempts = 100;    // each is lost only to a cleaner that came at that very moment
  constexpr ::mode_t kMode = 0777;  // the user's umask decides
  for (int i = 0; i < kAttempts; ++i) {
    StagingFolder out;
    out.name = prefix_of(base) + std::to_string(::getpid()) + "-" + random_digits();
    if (::mkdirat(parent, out.name.c_str(), kMode) != 0) {
      throw Error(ErrorCode::cannot_write,
                  "cannot create a folder in " + parent_path + ": " + system_text(errno));
    }
    out.folder = open_folder(parent, out.name);
    if (out.folder.valid() && try_lock(out.folder.get()) &&
        still_there(parent, out.name, out.folder.get())) {
      return out;
    }
    ::unlinkat(parent, out.name.c_str(), AT_REMOVEDIR);
  }
  throw Error(ErrorCode::cannot_write,
              "cannot lock a folder in " + parent_path + "; does the file system support locks?");
}

void clean_stale_folders(int parent, const std::string& base) {
  const std::string prefix = prefix_of(base);
  for (const std::string& name : folder_entries(parent)) {
    const Kind kind = kind_of(name, prefix);
    if (kind == Kind::other) continue;
    const UniqueFd folder = open_folder(parent, name);
    if (!folder.valid() || !try_lock(folder.get())) continue;
    if (kind == Kind::staging) {
      remove_folder(parent, name, folder.get(), folder_entries(folder.get()));
    } else if (::renameat2(parent, name.c_str(), parent, base.c_str(), RENAME_NOREPLACE) != 0) {
      struct ::stat status{};
      const bool target_absent =
          ::fstatat(parent, base.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;
      if (target_absent) {
        ::renameat(parent, name.c_str(), parent, base.c_str());
      } else if (!find_foreign_entry(folder.get())) {
        remove_folder(parent, name, folder.get(), folder_entries(folder.get()));
      }
    }
  }
}

}  // namespace partwise
