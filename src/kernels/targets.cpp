#include <hwy/targets.h>

#include <kernels/targets.hpp>
#if HWY_ARCH_X86
#include <cpuid.h>
#endif

namespace partwise::kernels {

#if HWY_ARCH_X86

namespace {

/// Features that not every compiler knows by name; the operating system has no say in these.
struct UnnamedFeatures {
  bool f16c, lzcnt;
};

UnnamedFeatures unnamed_features() {
  constexpr unsigned kF16c = 1U << 29;  // leaf 1, ecx
  constexpr unsigned kLzcnt = 1U << 5;  // leaf 0x80000001, ecx
  constexpr unsigned kExtendedLeaf = 0x80000001;
  unsigned a = 0, b = 0, c = 0, d = 0;
  const unsigned leaf1 = __get_cpuid(1, &a, &b, &c, &d) != 0 ? c : 0;
  const unsigned extended = __get_cpuid(kExtendedLeaf, &a, &b, &c, &d) != 0 ? c : 0;
  return {(leaf1 & kF16c) != 0, (extended & kLzcnt) != 0};
}

}  // namespace

std::int64_t processor_targets() {
  __builtin_cpu_init();
  const UnnamedFeatures unnamed = unnamed_features();
  const auto all = [](auto... features) { return (features && ...); };
  const bool ssse3 = __builtin_cpu_supports("ssse3");
  const bool sse4 = all(ssse3, __builtin_cpu_supports("sse4.1"), __builtin_cpu_supports("sse4.2"),
                        __builtin_cpu_supports("pclmul"), __builtin_cpu_supports("aes"));
  const bool avx2 = all(sse4, unnamed.f16c, unnamed.lzcnt, __builtin_cpu_supports("avx2"),
                        __builtin_cpu_supports("fma"), __builtin_cpu_supports("bmi"),
                        __builtin_cpu_supports("bmi2"));
  const bool avx3 = all(avx2, __builtin_cpu_supports("avx512f"), __builtin_cpu_supports("avx512cd"),
                        __builtin_cpu_supports("avx512vl"), __builtin_cpu_supports("avx512dq"),
                        __builtin_cpu_supports("avx512bw"));
  return (sse4 ? HWY_SSE4 : 0) | (avx2 ? HWY_AVX2 : 0) | (avx3 ? HWY_AVX3 : 0);
}

#else

std::int64_t processor_targets() { return 0; }  // but what the compiler was told of

#endif

}  // namespace partwise::kernels
