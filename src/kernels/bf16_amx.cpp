// Tiles of the processor, through the few instructions that handle them. Compiled where the
// assembler knows them (Linux on x86-64), else bf16_no_tiles.cpp takes its place.
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <kernels/bf16_products-inl.hpp>

namespace partwise::kernels {
namespace {

/// What LDTILECFG reads: Intel's Software Developer's Manual, "Intel AMX state".
struct alignas(64) TileShapes {
  std::uint8_t palette = 1;  ///< eight tiles of 16 rows of 64 bytes
  std::uint8_t start_row = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t bytes_in_row[16] = {};
  std::uint8_t rows[16] = {};
};
static_assert(sizeof(TileShapes) == 64);

constexpr int kTiles = 8;

// Written as assembly: GCC's intrinsics do not say that they read memory, so that stores before
// them may be moved behind them, and take a tile's number as a token, which no template can give.
class AmxTiles {
 public:
  explicit AmxTiles(Index rows) { reshape(rows); }
  AmxTiles(const AmxTiles&) = delete;
  AmxTiles& operator=(const AmxTiles&) = delete;
  ~AmxTiles() { asm volatile("tilerelease" ::: "memory"); }

  void reshape(Index rows) {
    TileShapes shapes;
    for (int t = 0; t < kTiles; ++t) {
      shapes.bytes_in_row[t] = kTileRowBytes;
      shapes.rows[t] = static_cast<std::uint8_t>(t < kRightTile ? rows : kTileRows);
    }
    asm volatile("ldtilecfg %0" : : "m"(shapes) : "memory");
  }

  // No processor has tiles but not these vectors.
  [[gnu::target("avx2")]] static void interleave(const Bf16* a, const Bf16* b, Index count,
                                                 Bf16* out) {
    interleaved(a, b, count, out);
  }

  template <int kTile>
  void zero() {
    asm volatile("tilezero %%tmm%c0" : : "i"(kTile));
  }

  template <int kTile>
  void load(const void* from, Index stride_bytes) {
    asm volatile("tileloadd (%0,%1,1), %%tmm%c2"
                 :
                 : "r"(from), "r"(stride_bytes), "i"(kTile)
                 : "memory");
  }

  template <int kTile>
  void store(void* to, Index stride_bytes) const {
    asm volatile("tilestored %%tmm%c2, (%0,%1,1)"
                 :
                 : "r"(to), "r"(stride_bytes), "i"(kTile)
                 : "memory");
  }

  template <int kSum, int kLeft, int kRight>
  void dot() {
    asm volatile("tdpbf16ps %%tmm%c2, %%tmm%c1, %%tmm%c0" : : "i"(kSum), "i"(kLeft), "i"(kRight));
  }
};

bool processor_has_tiles() {
  constexpr unsigned kOsSavesState = 1U << 27;                  // leaf 1, ecx
  constexpr unsigned kAmxBf16 = 1U << 22, kAmxTile = 1U << 24;  // leaf 7, edx
  constexpr unsigned kTileState = 3U << 17;                     // of XCR0: shapes and contents
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & kOsSavesState) == 0) return false;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
  if ((d & kAmxBf16) == 0 || (d & kAmxTile) == 0) return false;
  unsigned low = 0, high = 0;
  asm volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (low & kTileState) == kTileState;
}

/// Linux gives a process the tiles' large state only when asked: Documentation/arch/x86/xstate.
bool system_grants_tiles() {
  constexpr long kRequestPermission = 0x1023;  // ARCH_REQ_XCOMP_PERM, asm/prctl.h
  constexpr long kTileData = 18;               // XFEATURE_XTILEDATA
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

}  // namespace

const Bf16Kernels* bf16_tile_kernels() {
  static constexpr Bf16Kernels table = kernels_over<AmxTiles>();
  static const bool usable = processor_has_tiles() && system_grants_tiles();
  return usable ? &table : nullptr;
}

}  // namespace partwise::kernels
