// The one place that asks for an instruction set: hashing would otherwise be the slowest step of
// writing. A build for another processor gets the null at the end.
#include <formats/sha256_blocks.hpp>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

namespace partwise {
namespace {

/// Four rounds: adds the constants of rounds 4*group.. to `words` and works them into the state.
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void four_rounds(__m128i& abef,
                                                                          __m128i& cdgh,
                                                                          __m128i words,
                                                                          int group) {
  const __m128i constants = _mm_loadu_si128(
      reinterpret_cast<const __m128i*>(kSha256Rounds.data() + static_cast<std::size_t>(4 * group)));
  const __m128i sum = _mm_add_epi32(words, constants);
  cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
  abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/// The message schedule: words t..t+3 from the sixteen before them.
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline __m128i next_words(__m128i w0, __m128i w4,
                                                                            __m128i w8,
                                                                            __m128i w12) {
  const __m128i partial = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w4), _mm_alignr_epi8(w12, w8, 4));
  return _mm_sha256msg2_epu32(partial, w12);
}

/// Blocks of kMessages messages, round by round in turn.
template <int kMessages>
[[gnu::target("sha,sse4.1"), gnu::always_inline]] inline void work_in(
    std::uint32_t* const (&states)[kMessages], const std::byte* const (&messages)[kMessages],
    std::size_t count) {
  const __m128i to_big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // The instructions want the words a b e f and c d g h, highest first.
  __m128i abef[kMessages], cdgh[kMessages];
  const __m128i* in[kMessages];
  for (int m = 0; m < kMessages; ++m) {
    auto* halves = reinterpret_cast<__m128i*>(states[m]);
    const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xb1);
    const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1b);
    abef[m] = _mm_alignr_epi8(badc, hgfe, 8);
    cdgh[m] = _mm_blend_epi16(hgfe, badc, 0xf0);
    in[m] = reinterpret_cast<const __m128i*>(messages[m]);
  }
  constexpr int kRegistersInBlock = 4;
  for (; count > 0; --count) {
    __m128i abef_before[kMessages], cdgh_before[kMessages], w[kMessages][kRegistersInBlock];
    for (int m = 0; m < kMessages; ++m) {
      abef_before[m] = abef[m];
      cdgh_before[m] = cdgh[m];
    }
#pragma GCC unroll 4
    for (int i = 0; i < kRegistersInBlock; ++i) {
      for (int m = 0; m < kMessages; ++m) {
        w[m][i] = _mm_shuffle_epi8(_mm_loadu_si128(in[m] + i), to_big_endian);
        four_rounds(abef[m], cdgh[m], w[m][i], i);
      }
    }
#pragma GCC unroll 12
    for (int group = 4; group < 16; ++group) {
      for (int m = 0; m < kMessages; ++m) {
        w[m][group % 4] = next_words(w[m][group % 4], w[m][(group + 1) % 4], w[m][(group + 2) % 4],
                                     w[m][(group + 3) % 4]);
        four_rounds(abef[m], cdgh[m], w[m][group % 4], group);
      }
    }
    for (int m = 0; m < kMessages; ++m) {
      abef[m] = _mm_add_epi32(abef[m], abef_before[m]);
      cdgh[m] = _mm_add_epi32(cdgh[m], cdgh_before[m]);
      in[m] += kRegistersInBlock;
    }
  }
  for (int m = 0; m < kMessages; ++m) {
    auto* halves = reinterpret_cast<__m128i*>(states[m]);
    const __m128i feba = _mm_shuffle_epi32(abef[m], 0x1b);
    const __m128i dchg = _mm_shuffle_epi32(cdgh[m], 0xb1);
    _mm_storeu_si128(halves, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(halves + 1, _mm_alignr_epi8(dchg, feba, 8));
  }
}

[[gnu::target("sha,sse4.1")]] void blocks_sha_ni(std::uint32_t state[8], const std::byte* blocks,
                                                 std::size_t count) {
  work_in<1>({state}, {blocks}, count);
}

[[gnu::target("sha,sse4.1")]] void block_pairs_sha_ni(std::uint32_t a[8], const std::byte* blocks_a,
                                                      std::uint32_t b[8], const std::byte* blocks_b,
                                                      std::size_t count) {
  work_in<2>({a, b}, {blocks_a, blocks_b}, count);
}

bool has_sha_instructions() {
  constexpr unsigned kSsse3 = 1U << 9, kSse41 = 1U << 19;  // leaf 1, ecx
  constexpr unsigned kSha = 1U << 29;                      // leaf 7, ebx
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kSsse3) == 0 || (c & kSse41) == 0) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & kSha) != 0;
}

}  // namespace

Sha256Blocks sha256_blocks_x86() { return has_sha_instructions() ? &blocks_sha_ni : nullptr; }
Sha256BlockPairs sha256_block_pairs_x86() {
  return has_sha_instructions() ? &block_pairs_sha_ni : nullptr;
}

}  // namespace partwise

#else

namespace partwise {

Sha256Blocks sha256_blocks_x86() { return nullptr; }
Sha256BlockPairs sha256_block_pairs_x86() { return nullptr; }

}  // namespace partwise

#endif
