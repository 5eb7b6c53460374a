#include <algorithm>
#include <array>
#include <charconv>
#include <formats/byte_writer.hpp>
#include <formats/little_endian.hpp>
#include <formats/npy_header.hpp>
#include <formats/text.hpp>
#include <limits>
#include <partwise/error.hpp>
#include <string_view>

namespace partwise {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxDimensions = 32;  // numpy's own limit

struct KindName {
  NpyKind kind;
  std::string_view descr;
  std::size_t bytes;
};
constexpr std::array<KindName, 4> kKinds = {{{NpyKind::float32, "<f4", 4},
                                             {NpyKind::float64, "<f8", 8},
                                             {NpyKind::int32, "<i4", 4},
                                             {NpyKind::int64, "<i8", 8}}};

const KindName& row_of(NpyKind kind) {
  return *std::find_if(kKinds.begin(), kKinds.end(),
                       [&](const KindName& row) { return row.kind == kind; });
}

/// Reads the one form of dictionary that a .npy header is; it evaluates nothing.
class HeaderParser {
 public:
  HeaderParser(std::string_view text, const std::string& what) : text_(text), what_(what) {}

  NpyHeader parse() {
    NpyHeader out;
    bool have_descr = false, have_order = false, have_shape = false;
    expect('{');
    while (!accept('}')) {
      const std::string_view key = quoted_text();
      expect(':');
      if (key == "descr" && !have_descr) {
        out.kind = kind();
        have_descr = true;
      } else if (key == "fortran_order" && !have_order) {
        out.fortran_order = boolean();
        have_order = true;
      } else if (key == "shape" && !have_shape) {
        out.shape = shape();
        have_shape = true;
      } else {
        fail("has the key " + quoted(key) + ", expected descr, fortran_order and shape, each once");
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skip_space();
    if (at_ != text_.size()) fail("has bytes behind its dictionary");
    if (!have_descr || !have_order || !have_shape) {
      fail("lacks one of descr, fortran_order and shape");
    }
    out.num_values = product(out.shape, row_of(out.kind).bytes);
    return out;
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw Error(ErrorCode::malformed, what_ + ": the npy header " + why);
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  bool accept(char wanted) {
    skip_space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void expect(char wanted) {
    if (!accept(wanted)) {
      fail(std::string("lacks a '") + wanted + "' at byte " + std::to_string(at_));
    }
  }

  std::string_view quoted_text() {
    const char quote = accept('"') ? '"' : '\'';
    if (quote == '\'') expect('\'');
    const std::size_t end = text_.find(quote, at_);
    if (end == std::string_view::npos) fail("has a string without end");
    const std::string_view out = text_.substr(at_, end - at_);
    at_ = end + 1;
    return out;
  }

  NpyKind kind() {
    skip_space();
    if (at_ < text_.size() && text_[at_] == '[') {
      fail("describes a structured array; expected <f4, <f8, <i4 or <i8");
    }
    const std::string_view descr = quoted_text();
    for (const KindName& row : kKinds) {
      if (row.descr == descr) return row.kind;
    }
    fail("says descr = " + quoted(descr) + ", expected <f4, <f8, <i4 or <i8");
  }

  bool boolean() {
    skip_space();
    for (const bool value : {true, false}) {
      const std::string_view name = value ? "True" : "False";
      if (text_.substr(at_).starts_with(name)) {
        at_ += name.size();
        return value;
      }
    }
    fail("says neither True nor False for fortran_order");
  }

  std::vector<Index> shape() {
    std::vector<Index> out;
    expect('(');
    while (!accept(')')) {
      if (out.size() == kMaxDimensions) fail("has more than 32 dimensions");
      out.push_back(length());
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return out;
  }

  Index length() {
    skip_space();
    Index value = 0;
    const char* begin = text_.data() + at_;
    const auto result = std::from_chars(begin, text_.data() + text_.size(), value);
    if (result.ec != std::errc{} || value < 0) fail("has a length that is not in [0, 2^63)");
    at_ += static_cast<std::size_t>(result.ptr - begin);
    return value;
  }

  /// Never more than what can be counted in bytes.
  std::uint64_t product(const std::vector<Index>& shape, std::size_t bytes) const {
    const auto most = static_cast<std::uint64_t>(std::numeric_limits<Index>::max()) / bytes;
    std::uint64_t count = 1;
    for (const Index length : shape) {
      const auto factor = static_cast<std::uint64_t>(length);
      if (factor != 0 && count > most / factor) fail("describes more bytes than can be counted");
      count *= factor;
    }
    return count;
  }

  std::string_view text_;
  const std::string& what_;
  std::size_t at_ = 0;
};

}  // namespace

std::size_t item_bytes(NpyKind kind) { return row_of(kind).bytes; }

NpyHeader parse_npy_header(std::span<const std::byte> bytes, const std::string& what,
                           std::size_t& values_at) {
  const auto fail = [&](const std::string& why) {
    throw Error(ErrorCode::malformed, what + ": " + why);
  };
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(kMagic) || bytes.size() < kMaxNpyPreambleBytes) {
    fail("is not a numpy array");
  }
  const auto version = std::to_integer<int>(bytes[kMagic.size()]);
  if (version < 1 || version > 3) {
    fail("npy version = " + std::to_string(version) + ", expected 1..3");
  }
  const std::size_t length_at = kMagic.size() + 2;
  const std::size_t preamble = length_at + (version == 1 ? 2 : 4);
  const std::size_t length = version == 1 ? load_le<std::uint16_t>(bytes.data() + length_at)
                                          : load_le<std::uint32_t>(bytes.data() + length_at);
  if (length > kMaxNpyHeaderBytes) {
    fail("npy header = " + std::to_string(length) + " bytes, expected at most " +
         std::to_string(kMaxNpyHeaderBytes));
  }
  if (length > bytes.size() - preamble) fail("the npy header is cut off");
  values_at = preamble + length;
  return HeaderParser(text.substr(preamble, length), what).parse();
}

std::vector<std::byte> npy_header_bytes(NpyKind kind, const std::vector<Index>& shape) {
  constexpr std::size_t kValuesAlignment = 64;  // numpy pads so that values may be mapped
  std::string dictionary =
      "{'descr': '" + std::string(row_of(kind).descr) + "', 'fortran_order': False, 'shape': (";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    dictionary += std::to_string(shape[i]) + (i + 1 < shape.size() ? ", " : "");
  }
  dictionary += shape.size() == 1 ? ",), }" : "), }";
  const std::size_t before = kMagic.size() + 4;
  const std::size_t used = before + dictionary.size() + 1;
  dictionary.append((kValuesAlignment - used % kValuesAlignment) % kValuesAlignment, ' ');
  dictionary += '\n';

  ByteWriter out;
  out.text(kMagic);
  out.u16(1);  // version 1.0: the bytes 1, 0
  out.u16(dictionary.size());
  out.text(dictionary);
  return out.take();
}

}  // namespace partwise
