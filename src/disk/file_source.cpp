#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <disk/file_source.hpp>
#include <formats/text.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>

namespace partwise {
namespace {

[[noreturn]] void throw_cannot_read(const std::string& name, const std::string& reason) {
  throw Error(ErrorCode::cannot_read, "cannot read " + name + ": " + reason);
}

class FileSource final : public ByteSource {
 public:
  FileSource(UniqueFd file, std::uint64_t size, std::string name)
      : file_(std::move(file)), size_(size), name_(std::move(name)) {}

  [[nodiscard]] std::uint64_t size() const override { return size_; }
  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }

  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      const ::ssize_t got = ::pread(file_.get(), out.data() + done, out.size() - done,
                                    static_cast<::off_t>(offset + done));
      if (got > 0) {
        done += static_cast<std::size_t>(got);
      } else if (got == 0) {
        break;
      } else if (errno != EINTR) {
        throw_cannot_read(name_, system_text(errno));
      }
    }
    return done;
  }

 private:
  UniqueFd file_;
  std::uint64_t size_;
  std::string name_;
};

}  // namespace

std::unique_ptr<ByteSource> make_file_source(UniqueFd file, std::string name) {
  struct ::stat status{};
  if (::fstat(file.get(), &status) != 0) throw_cannot_read(name, system_text(errno));
  if (S_ISDIR(status.st_mode)) throw_cannot_read(name, "it is a folder");
  if (!S_ISREG(status.st_mode)) {
    throw_cannot_read(name, "it is a pipe or a device, expected a file");
  }
  return std::make_unique<FileSource>(std::move(file), static_cast<std::uint64_t>(status.st_size),
                                      std::move(name));
}

int descriptor_of(const ByteSource& source) {
  const auto* file = dynamic_cast<const FileSource*>(&source);
  return file != nullptr ? file->descriptor() : -1;
}

std::unique_ptr<ByteSource> open_file(const std::string& path) {
  if (path.empty()) throw_cannot_read("''", "the path is empty");
  // Without O_NONBLOCK the open of a named pipe waits for a writer, for ever.
  UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  if (!file.valid()) throw_cannot_read(path, system_text(errno));
  return make_file_source(std::move(file), path);
}

}  // namespace partwise
