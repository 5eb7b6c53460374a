#include <formats/npy_header.hpp>
#include <formats/text.hpp>
#include <formats/zip_writer.hpp>
#include <partwise/error.hpp>
#include <partwise/npz.hpp>
#include <type_traits>

namespace partwise {
namespace {

struct Member {
  std::string name;
  std::vector<std::byte> header;
  std::span<const std::byte> values;
  std::uint32_t crc = 0;

  [[nodiscard]] std::uint64_t num_bytes() const { return header.size() + values.size(); }
};

template <class T>
constexpr NpyKind kind_of() {
  if constexpr (std::is_same_v<T, float>) return NpyKind::float32;
  if constexpr (std::is_same_v<T, double>) return NpyKind::float64;
  if constexpr (std::is_same_v<T, std::int32_t>) return NpyKind::int32;
  return NpyKind::int64;
}

Member make_member(const NpzArray& array) {
  Member out;
  out.name = array.name + ".npy";
  std::visit(
      [&](const auto& values) {
        using T = typename std::remove_cvref_t<decltype(values)>::value_type;
        out.header = npy_header_bytes(kind_of<T>(), array.shape);
        out.values = std::as_bytes(std::span(values));
        Index product = 1;
        for (const Index length : array.shape) product *= length;
        if (product != static_cast<Index>(values.size())) {
          throw Error(ErrorCode::internal,
                      "the array " + quoted(array.name) + " has " + std::to_string(values.size()) +
                          " values, its shape expects " + std::to_string(product));
        }
      },
      array.values);
  out.crc = crc32_of(out.values, crc32_of(out.header));
  return out;
}

}  // namespace

void write_npz(const std::vector<NpzArray>& arrays, ByteSink& sink) {
  ZipWriter zip(sink);
  for (const NpzArray& array : arrays) {
    const Member member = make_member(array);
    zip.begin({member.name, member.num_bytes(), member.crc});
    zip.write(member.header);
    zip.write(member.values);
  }
  zip.finish();
}

}  // namespace partwise
