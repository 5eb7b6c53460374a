// PNG: a signature and chunks, each with its length and CRC; rows behind a filter, deflated.
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <partwise/error.hpp>
#include <partwise/image.hpp>

namespace partwise {
namespace {

void put_u32(std::vector<std::byte>& out, std::uint32_t value) {
  for (const int shift : {24, 16, 8, 0})
    out.push_back(static_cast<std::byte>(value >> shift & 255U));
}

void write_chunk(ByteSink& sink, const char (&type)[5], std::span<const std::byte> data) {
  std::vector<std::byte> out;
  out.reserve(data.size() + 12);
  put_u32(out, static_cast<std::uint32_t>(data.size()));
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::byte>(type[i]));
  out.insert(out.end(), data.begin(), data.end());
  const auto* checked = reinterpret_cast<const Bytef*>(out.data() + 4);
  put_u32(out, static_cast<std::uint32_t>(
                   ::crc32_z(::crc32_z(0, nullptr, 0), checked, data.size() + 4)));
  sink.write(out);
}

constexpr int kChannels = 3;
enum Filter : std::uint8_t { kNone, kSub, kUp };

/// The row behind one filter: what is left when its left or upper neighbour is taken away.
void filter_row(const std::uint8_t* row, const std::uint8_t* above, std::size_t bytes,
                Filter filter, std::uint8_t* out) {
  for (std::size_t i = 0; i < bytes; ++i) {
    std::uint8_t neighbour = 0;
    if (filter == kSub && i >= kChannels) neighbour = row[i - kChannels];
    if (filter == kUp && above != nullptr) neighbour = above[i];
    out[i] = static_cast<std::uint8_t>(row[i] - neighbour);
  }
}

/// Smaller is likelier to deflate well: the customary guess.
std::uint64_t cost(const std::vector<std::uint8_t>& row) {
  std::uint64_t sum = 0;
  for (const std::uint8_t x : row)
    sum += static_cast<std::uint64_t>(std::abs(static_cast<int>(static_cast<std::int8_t>(x))));
  return sum;
}

std::vector<std::byte> filtered_rows(const Image& image) {
  const auto bytes = static_cast<std::size_t>(image.width * kChannels);
  std::vector<std::byte> all;
  all.reserve((bytes + 1) * static_cast<std::size_t>(image.height));
  std::vector<std::uint8_t> best, tried(bytes);
  for (Index y = 0; y < image.height; ++y) {
    const std::uint8_t* row = image.rgb.data() + static_cast<std::size_t>(y) * bytes;
    Filter chosen = kNone;
    for (const Filter filter : {kNone, kSub, kUp}) {
      filter_row(row, y > 0 ? row - bytes : nullptr, bytes, filter, tried.data());
      if (filter != kNone && cost(tried) >= cost(best)) continue;
      best = tried;
      chosen = filter;
    }
    all.push_back(static_cast<std::byte>(chosen));
    for (const std::uint8_t x : best) all.push_back(static_cast<std::byte>(x));
  }
  return all;
}

std::vector<std::byte> deflated(const std::vector<std::byte>& bytes) {
  uLongf size = ::compressBound(bytes.size());
  std::vector<std::byte> out(size);
  const int code =
      ::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), Z_BEST_COMPRESSION);
  if (code != Z_OK)
    throw Error(ErrorCode::internal, "deflate failed with code " + std::to_string(code));
  out.resize(size);
  return out;
}

}  // namespace

void write_png(const Image& image, ByteSink& sink) {
  constexpr std::array<unsigned char, 8> kSignature = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  sink.write(std::as_bytes(std::span(kSignature)));
  std::vector<std::byte> header;
  put_u32(header, static_cast<std::uint32_t>(image.width));
  put_u32(header, static_cast<std::uint32_t>(image.height));
  // 8 bits, colour without a palette, the one compression and set of filters there are, no
  // interlace.
  constexpr std::array<unsigned char, 5> kFormat = {8, 2, 0, 0, 0};
  for (const unsigned char x : kFormat) header.push_back(static_cast<std::byte>(x));
  write_chunk(sink, "IHDR", header);
  write_chunk(sink, "IDAT", deflated(filtered_rows(image)));
  write_chunk(sink, "IEND", {});
}

}  // namespace partwise
