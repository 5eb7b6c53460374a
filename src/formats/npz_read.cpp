#include <algorithm>
#include <cstring>
#include <formats/npy_header.hpp>
#include <formats/text.hpp>
#include <formats/zip_reader.hpp>
#include <functional>
#include <numeric>
#include <partwise/error.hpp>
#include <partwise/npz.hpp>
#include <type_traits>

namespace partwise {
namespace {

constexpr std::string_view kSuffix = ".npy";

[[noreturn]] void throw_malformed(const std::string& what, const std::string& why) {
  throw Error(ErrorCode::malformed, what + ": " + why);
}

/// Collects one .npy: first the header, then the values into `array`.
class NpyCollector {
 public:
  NpyCollector(std::string what, std::uint64_t member_bytes, std::uint64_t max_bytes,
               NpzArray& array)
      : what_(std::move(what)), member_bytes_(member_bytes), max_bytes_(max_bytes), array_(array) {}

  void take(std::span<const std::byte> bytes) {
    if (!header_done_) {
      const std::size_t wanted =
          std::min(bytes.size(), kMaxNpyPreambleBytes + kMaxNpyHeaderBytes - head_.size());
      head_.insert(head_.end(), bytes.begin(), bytes.begin() + static_cast<Index>(wanted));
      bytes = bytes.subspan(wanted);
      const bool enough = head_.size() == kMaxNpyPreambleBytes + kMaxNpyHeaderBytes ||
                          head_.size() == member_bytes_;
      if (!enough) return;
      start_values();
    }
    append(bytes);
  }

  /// How many bytes the values take. Call at the end.
  std::uint64_t finish() {
    if (!header_done_) throw_malformed(what_, "is empty, expected a numpy array");
    if (header_.fortran_order) std::visit([&](auto& v) { to_c_order(v); }, array_.values);
    return value_bytes_;
  }

 private:
  void start_values() {
    std::size_t values_at = 0;
    header_ = parse_npy_header(head_, what_, values_at);
    header_done_ = true;
    value_bytes_ = header_.num_values * item_bytes(header_.kind);
    if (value_bytes_ != member_bytes_ - values_at) {
      throw_malformed(what_, "holds " + std::to_string(member_bytes_ - values_at) +
                                 " bytes of values, its header describes " +
                                 std::to_string(value_bytes_));
    }
    if (value_bytes_ > max_bytes_) {
      throw_malformed(what_, "holds " + std::to_string(value_bytes_) +
                                 " bytes of values, expected at most " +
                                 std::to_string(max_bytes_) + " more");
    }
    array_.shape = header_.shape;
    switch (header_.kind) {
      case NpyKind::float32:
        array_.values = std::vector<float>();
        break;
      case NpyKind::float64:
        array_.values = std::vector<double>();
        break;
      case NpyKind::int32:
        array_.values = std::vector<std::int32_t>();
        break;
      case NpyKind::int64:
        array_.values = std::vector<std::int64_t>();
        break;
    }
    append(std::span<const std::byte>(head_).subspan(values_at));
  }

  /// Grows by the bytes that came; a block may end inside a value.
  void append(std::span<const std::byte> bytes) {
    std::visit(
        [&](auto& values) {
          using T = typename std::remove_reference_t<decltype(values)>::value_type;
          const std::size_t whole = (filled_ + bytes.size() + sizeof(T) - 1) / sizeof(T);
          values.resize(whole);
          if (bytes.empty()) return;
          std::memcpy(reinterpret_cast<std::byte*>(values.data()) + filled_, bytes.data(),
                      bytes.size());
        },
        array_.values);
    filled_ += bytes.size();
  }

  /// The first index runs fastest in the file and slowest in memory.
  template <class T>
  void to_c_order(std::vector<T>& values) const {
    const std::vector<Index>& shape = header_.shape;
    if (shape.size() < 2 || values.empty()) return;
    std::vector<Index> stride(shape.size(), 1), at(shape.size(), 0);
    for (std::size_t d = 1; d < shape.size(); ++d) stride[d] = stride[d - 1] * shape[d - 1];
    std::vector<T> out(values.size());
    Index from = 0;
    for (T& value : out) {
      value = values[static_cast<std::size_t>(from)];
      for (std::size_t d = shape.size(); d-- > 0;) {
        from += stride[d];
        if (++at[d] < shape[d]) break;
        from -= stride[d] * shape[d];
        at[d] = 0;
      }
    }
    values = std::move(out);
  }

  std::string what_;
  std::uint64_t member_bytes_;
  std::uint64_t max_bytes_;
  NpzArray& array_;
  std::vector<std::byte> head_;
  NpyHeader header_;
  bool header_done_ = false;
  std::uint64_t value_bytes_ = 0;
  std::size_t filled_ = 0;
};

/// Reads one member and takes its values off `room_left`.
NpzArray read_array(ByteSource& source, const ZipMember& member, const std::string& name,
                    std::uint64_t& room_left) {
  NpzArray array;
  array.name = name;
  NpyCollector collector(source.name() + ": " + quoted(member.name), member.bytes, room_left,
                         array);
  read_zip_member(source, member, [&](std::span<const std::byte> bytes) { collector.take(bytes); });
  room_left -= collector.finish();
  return array;
}

}  // namespace

std::vector<NpzArray> read_npz(ByteSource& source, const std::vector<std::string>& only,
                               std::uint64_t max_bytes) {
  const std::vector<ZipMember> members = read_zip_directory(source);
  std::vector<NpzArray> out;
  if (only.empty()) {
    for (const ZipMember& member : members) {
      if (!member.name.ends_with(kSuffix)) {
        throw_malformed(source.name(), "holds " + quoted(member.name) + ", expected numpy arrays");
      }
      const std::string name = member.name.substr(0, member.name.size() - kSuffix.size());
      out.push_back(read_array(source, member, name, max_bytes));
    }
    return out;
  }
  for (const std::string& name : only) {
    const auto found = std::find_if(members.begin(), members.end(), [&](const ZipMember& member) {
      return member.name == name + std::string(kSuffix);
    });
    if (found == members.end()) {
      throw_malformed(source.name(), "holds no array named " + quoted(name));
    }
    out.push_back(read_array(source, *found, name, max_bytes));
  }
  return out;
}

}  // namespace partwise
