#include <sys/mman.h>

#include <cerrno>
#include <disk/memory_file.hpp>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <vector>

namespace partwise {
namespace {

[[noreturn]] void throw_no_room(const ByteSource& source) {
  throw Error(ErrorCode::resource_limit,
              source.name() + ": no memory for a copy to decode: " + system_text(errno));
}

}  // namespace

UniqueFd make_memory_file(ByteSource& source, const RunControl& control) {
  constexpr std::size_t kBlockBytes = 1 << 20;
  UniqueFd file(::memfd_create("partwise", MFD_CLOEXEC));
  if (!file.valid()) throw_no_room(source);
  std::vector<std::byte> block(kBlockBytes);
  std::uint64_t at = 0;
  while (const std::size_t got = source.read_at(at, block)) {
    control.check_stop();
    for (std::size_t done = 0; done < got;) {
      const ::ssize_t written = ::write(file.get(), block.data() + done, got - done);
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) throw_no_room(source);
      done += static_cast<std::size_t>(written);
    }
    at += got;
  }
  return file;
}

}  // namespace partwise
