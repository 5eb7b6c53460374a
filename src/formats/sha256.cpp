#include <algorithm>
#include <bit>
#include <cstring>
#include <formats/little_endian.hpp>
#include <formats/sha256.hpp>
#include <formats/sha256_blocks.hpp>

namespace partwise {

const std::array<std::uint32_t, 64> kSha256Rounds = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

void sha256_blocks_portable(std::uint32_t state[8], const std::byte* blocks, std::size_t count) {
  for (; count > 0; --count, blocks += kSha256BlockBytes) {
    std::array<std::uint32_t, 64> w;
    for (std::size_t t = 0; t < 16; ++t) w[t] = load_be<std::uint32_t>(blocks + 4 * t);
    for (std::size_t t = 16; t < 64; ++t) {
      const std::uint32_t s0 =
          std::rotr(w[t - 15], 7) ^ std::rotr(w[t - 15], 18) ^ (w[t - 15] >> 3);
      const std::uint32_t s1 = std::rotr(w[t - 2], 17) ^ std::rotr(w[t - 2], 19) ^ (w[t - 2] >> 10);
      w[t] = w[t - 16] + s0 + w[t - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = std::array<std::uint32_t, 8>{
        state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]};
    for (std::size_t t = 0; t < 64; ++t) {
      const std::uint32_t sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
      const std::uint32_t t1 = h + sum1 + ((e & f) ^ (~e & g)) + kSha256Rounds[t] + w[t];
      const std::uint32_t sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
      const std::uint32_t t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
  }
}

namespace {

void sha256_blocks_best(std::uint32_t state[8], const std::byte* blocks, std::size_t count) {
  static const Sha256Blocks best =
      sha256_blocks_x86() != nullptr ? sha256_blocks_x86() : &sha256_blocks_portable;
  best(state, blocks, count);
}

void block_pairs_portable(std::uint32_t a[8], const std::byte* blocks_a, std::uint32_t b[8],
                          const std::byte* blocks_b, std::size_t count) {
  sha256_blocks_portable(a, blocks_a, count);
  sha256_blocks_portable(b, blocks_b, count);
}

void block_pairs_best(std::uint32_t a[8], const std::byte* blocks_a, std::uint32_t b[8],
                      const std::byte* blocks_b, std::size_t count) {
  static const Sha256BlockPairs best =
      sha256_block_pairs_x86() != nullptr ? sha256_block_pairs_x86() : &block_pairs_portable;
  best(a, blocks_a, b, blocks_b, count);
}

}  // namespace

Sha256::Sha256()
    : state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19} {}

void Sha256::update(std::span<const std::byte> bytes) {
  total_ += bytes.size();
  if (block_fill_ > 0) {
    const std::size_t taken = std::min(bytes.size(), block_.size() - block_fill_);
    std::copy_n(bytes.data(), taken, block_.data() + block_fill_);
    block_fill_ += taken;
    bytes = bytes.subspan(taken);
    if (block_fill_ < block_.size()) return;
    sha256_blocks_best(state_.data(), block_.data(), 1);
    block_fill_ = 0;
  }
  const std::size_t whole = bytes.size() / kSha256BlockBytes;
  sha256_blocks_best(state_.data(), bytes.data(), whole);
  bytes = bytes.subspan(whole * kSha256BlockBytes);
  std::copy(bytes.begin(), bytes.end(), block_.begin());
  block_fill_ = bytes.size();
}

void Sha256::update_both(Sha256& a, std::span<const std::byte> bytes_a, Sha256& b,
                         std::span<const std::byte> bytes_b) {
  std::size_t both = 0;
  if (a.block_fill_ == 0 && b.block_fill_ == 0) {
    const std::size_t blocks = std::min(bytes_a.size(), bytes_b.size()) / kSha256BlockBytes;
    block_pairs_best(a.state_.data(), bytes_a.data(), b.state_.data(), bytes_b.data(), blocks);
    both = blocks * kSha256BlockBytes;
    a.total_ += both;
    b.total_ += both;
  }
  a.update(bytes_a.subspan(both));
  b.update(bytes_b.subspan(both));
}

std::string Sha256::finish() {
  // One bit, zeros, and the length in bits as the last eight bytes of a block.
  std::array<std::byte, 2 * kSha256BlockBytes> padding{};
  padding[0] = std::byte{0x80};
  const std::size_t used = block_fill_ + 1 + sizeof(std::uint64_t);
  const std::size_t blocks_left = used <= kSha256BlockBytes ? 1 : 2;
  const std::size_t length = blocks_left * kSha256BlockBytes - block_fill_;
  const std::uint64_t bits = reversed_bytes(total_ * 8);
  std::memcpy(padding.data() + length - sizeof bits, &bits, sizeof bits);
  update(std::span(padding).first(length));

  constexpr const char* kHex = "0123456789abcdef";
  std::string out;
  for (const std::uint32_t word : state_) {
    for (int shift = 28; shift >= 0; shift -= 4) out += kHex[(word >> shift) & 15U];
  }
  return out;
}

}  // namespace partwise
