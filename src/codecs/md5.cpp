#include <algorithm>
#include <bit>
#include <codecs/md5.hpp>
#include <cstring>
#include <formats/little_endian.hpp>

namespace partwise {
namespace {

// RFC 1321, section 3.4: floor(2^32 * abs(sin(i + 1))).
constexpr std::array<std::uint32_t, 64> kSines = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

struct Words {
  std::uint32_t a, b, c, d;
};

/// Sixteen steps of one round; `step` and `first` walk through the block's words, as the RFC's
/// lists do.
template <int kRound, class Mix>
void add_round(Words& w, const std::array<std::uint32_t, 16>& block, int step, int first,
               const std::array<int, 4>& shifts, Mix mix) {
#pragma GCC unroll 16
  for (int i = 0; i < 16; ++i) {
    const std::uint32_t sum = w.a + mix(w.b, w.c, w.d) +
                              block[static_cast<std::size_t>((first + step * i) % 16)] +
                              kSines[static_cast<std::size_t>(16 * kRound + i)];
    w = {w.d, w.b + std::rotl(sum, shifts[static_cast<std::size_t>(i % 4)]), w.b, w.c};
  }
}

}  // namespace

void Md5::add_block(const std::byte* bytes) {
  using U = std::uint32_t;
  std::array<U, 16> block;
  for (std::size_t i = 0; i < block.size(); ++i) block[i] = load_le<U>(bytes + 4 * i);
  Words w{state_[0], state_[1], state_[2], state_[3]};
  add_round<0>(w, block, 1, 0, {7, 12, 17, 22}, [](U x, U y, U z) { return z ^ (x & (y ^ z)); });
  add_round<1>(w, block, 5, 1, {5, 9, 14, 20}, [](U x, U y, U z) { return y ^ (z & (x ^ y)); });
  add_round<2>(w, block, 3, 5, {4, 11, 16, 23}, [](U x, U y, U z) { return x ^ y ^ z; });
  add_round<3>(w, block, 7, 0, {6, 10, 15, 21}, [](U x, U y, U z) { return y ^ (x | ~z); });
  state_[0] += w.a;
  state_[1] += w.b;
  state_[2] += w.c;
  state_[3] += w.d;
}

void Md5::update(std::span<const std::byte> bytes) {
  const auto held = static_cast<std::size_t>(length_ % kBlockBytes);
  length_ += bytes.size();
  if (held > 0) {
    const std::size_t filled = std::min(kBlockBytes - held, bytes.size());
    std::copy_n(bytes.data(), filled, pending_.data() + held);
    bytes = bytes.subspan(filled);
    if (held + filled < kBlockBytes) return;
    add_block(pending_.data());
  }
  for (; bytes.size() >= kBlockBytes; bytes = bytes.subspan(kBlockBytes)) add_block(bytes.data());
  std::copy(bytes.begin(), bytes.end(), pending_.begin());
}

Md5Digest Md5::finish() {
  constexpr std::size_t kLengthAt = 56;  // of the last block
  const std::uint64_t bits = 8 * length_;
  std::array<std::byte, 2 * kBlockBytes> tail{std::byte{0x80}};
  const auto held = static_cast<std::size_t>(length_ % kBlockBytes);
  const std::size_t padding = (held < kLengthAt ? kLengthAt : kBlockBytes + kLengthAt) - held;
  std::memcpy(tail.data() + padding, &bits, sizeof bits);
  update(std::span(tail).first(padding + sizeof bits));
  Md5Digest digest;
  std::memcpy(digest.data(), state_.data(), digest.size());
  return digest;
}

}  // namespace partwise
