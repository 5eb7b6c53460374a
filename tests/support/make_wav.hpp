#pragma once
// WAV files built field by field, damaged ones too.
#include <cstdint>
#include <optional>
#include <string>
#include <support/memory_stream.hpp>

namespace partwise::test {

/// Appends the `count` low bytes of `value`, little end first unless `big_endian`.
inline void put_number(Bytes& out, std::uint64_t value, int count, bool big_endian = false) {
  for (int i = 0; i < count; ++i) {
    const int shift = 8 * (big_endian ? count - 1 - i : i);
    out.push_back(static_cast<std::byte>(value >> shift));
  }
}

inline void put_text(Bytes& out, std::string_view text) {
  const Bytes bytes = to_bytes(text);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

/// Every field of a WAV; what is not set is what a sound file of this data would say.
struct WavRecipe {
  std::string id = "RIFF";
  int tag = 1;
  int channels = 1;
  std::uint32_t rate = 44100;
  int bits = 16;
  std::optional<int> block_align;
  std::optional<int> valid_bits;  ///< set: the extensible fmt chunk
  std::optional<std::uint32_t> data_size;
  std::optional<std::uint64_t> ds64_data_size;   ///< set: a ds64 chunk in front
  Bytes before_format, before_data, after_data;  ///< whole chunks
  bool format_chunk = true;
  Bytes data;

  [[nodiscard]] bool big_endian() const { return id == "RIFX"; }
};

inline Bytes make_chunk(std::string_view id, const Bytes& body, bool big_endian = false) {
  Bytes out;
  put_text(out, id);
  put_number(out, body.size(), 4, big_endian);
  out.insert(out.end(), body.begin(), body.end());
  if (body.size() % 2 != 0) out.push_back(std::byte{0});
  return out;
}

inline Bytes format_body(const WavRecipe& recipe) {
  const bool big = recipe.big_endian();
  const int align = recipe.block_align.value_or(recipe.channels * ((recipe.bits + 7) / 8));
  Bytes out;
  put_number(out, recipe.valid_bits ? 0xfffe : static_cast<unsigned>(recipe.tag), 2, big);
  put_number(out, static_cast<unsigned>(recipe.channels), 2, big);
  put_number(out, recipe.rate, 4, big);
  put_number(out, std::uint64_t{recipe.rate} * static_cast<unsigned>(align), 4, big);
  put_number(out, static_cast<unsigned>(align), 2, big);
  put_number(out, static_cast<unsigned>(recipe.bits), 2, big);
  if (recipe.valid_bits) {
    put_number(out, 22, 2, big);
    put_number(out, static_cast<unsigned>(*recipe.valid_bits), 2, big);
    put_number(out, 0, 4, big);
    put_number(out, static_cast<unsigned>(recipe.tag), 2, big);
    put_text(out, std::string_view("\x00\x00\x00\x00\x10\x00\x80\x00\x00\xaa\x00\x38\x9b\x71", 14));
  }
  return out;
}

inline Bytes make_wav(const WavRecipe& recipe) {
  const bool big = recipe.big_endian();
  Bytes body;
  const auto append = [&](const Bytes& bytes) {
    body.insert(body.end(), bytes.begin(), bytes.end());
  };
  if (recipe.ds64_data_size) {
    Bytes ds64;
    put_number(ds64, 0, 8);
    put_number(ds64, *recipe.ds64_data_size, 8);
    ds64.resize(28);
    append(make_chunk("ds64", ds64));
  }
  append(recipe.before_format);
  if (recipe.format_chunk) append(make_chunk("fmt ", format_body(recipe), big));
  append(recipe.before_data);
  put_text(body, "data");
  put_number(body, recipe.data_size.value_or(static_cast<std::uint32_t>(recipe.data.size())), 4,
             big);
  append(recipe.data);
  if (recipe.data.size() % 2 != 0 && !recipe.after_data.empty()) body.push_back(std::byte{0});
  append(recipe.after_data);

  Bytes out;
  put_text(out, recipe.id);
  put_number(out, body.size() + 4, 4, big);
  put_text(out, "WAVE");
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

/// Numbers as the data of a WAV.
inline Bytes integers(const std::vector<std::int64_t>& values, int bytes, bool big_endian = false) {
  Bytes out;
  for (const std::int64_t value : values) {
    put_number(out, static_cast<std::uint64_t>(value), bytes, big_endian);
  }
  return out;
}

}  // namespace partwise::test
