// Compiles the kernels for every instruction set and picks one at run time.
#include <kernels/kernel_table.hpp>

// The kernels gain nothing from what these add to SSE4, AVX2 and AVX3, and each costs a quarter of
// a megabyte. SVE's vectors have no size while compiling, and the tiles here are arrays of vectors:
// such processors run NEON.
#define HWY_DISABLED_TARGETS \
  (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/simd.cpp"
#include <hwy/foreach_target.h>  // must come before the -inl files
#include <hwy/highway.h>

#include <kernels/beta_products-inl.hpp>
#include <kernels/descend-inl.hpp>
#include <kernels/products-inl.hpp>
#include <kernels/targets.hpp>
#include <vector>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {

template <class T>
constexpr KernelTable<T> TableOfTarget() {
  return {
      [](const MultiplyArgs<T>& p) HWY_ATTR { Multiply(p); },
      [](const TransposedArgs<T>& p) HWY_ATTR { MultiplyTransposed(p); },
      [](const BetaArgs<T>& p, const BetaSums<T>& out) HWY_ATTR { return BetaCorrelate(p, out); },
      [](const BetaArgs<T>& p, const BetaSums<T>& out) HWY_ATTR { return BetaAccumulate(p, out); },
      [](const DescendArgs<T>& p) HWY_ATTR { return Descend(p); },
      [](const DescendTemplatesArgs<T>& p) HWY_ATTR { return DescendTemplates(p); }};
}

const KernelTable<float>& FloatTable() {
  static constexpr KernelTable<float> table = TableOfTarget<float>();
  return table;
}

const KernelTable<double>& DoubleTable() {
  static constexpr KernelTable<double> table = TableOfTarget<double>();
  return table;
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace partwise::kernels {

// The targets that Highway compiled for, the best first. The last is what the compiler was told
// that every processor has.
#if HWY_TARGETS & HWY_AVX3
#define PARTWISE_IF_AVX3(...) __VA_ARGS__
#else
#define PARTWISE_IF_AVX3(...)
#endif
#if HWY_TARGETS & HWY_AVX2
#define PARTWISE_IF_AVX2(...) __VA_ARGS__
#else
#define PARTWISE_IF_AVX2(...)
#endif
#if HWY_TARGETS & HWY_SSE4
#define PARTWISE_IF_SSE4(...) __VA_ARGS__
#else
#define PARTWISE_IF_SSE4(...)
#endif

namespace {

template <class T>
struct Candidate {
  std::int64_t target;
  const KernelTable<T>& (*table)();
};

template <class T, std::size_t kCount>
std::vector<TargetKernels<T>> supported(const Candidate<T> (&candidates)[kCount]) {
  const std::int64_t have = processor_targets() | HWY_STATIC_TARGET;
  std::vector<TargetKernels<T>> out;
  for (const Candidate<T>& candidate : candidates) {
    const bool named = !out.empty() && out.back().target == candidate.target;
    if ((have & candidate.target) == 0 || named) continue;
    out.push_back({candidate.target, hwy::TargetName(candidate.target), &candidate.table()});
  }
  return out;
}

}  // namespace

#define PARTWISE_CANDIDATES(function)                   \
  {                                                     \
    PARTWISE_IF_AVX3({HWY_AVX3, &N_AVX3::function}, )   \
    PARTWISE_IF_AVX2({HWY_AVX2, &N_AVX2::function}, )   \
    PARTWISE_IF_SSE4({HWY_SSE4, &N_SSE4::function}, ) { \
      HWY_STATIC_TARGET, &HWY_STATIC_DISPATCH(function) \
    }                                                   \
  }

template <>
std::span<const TargetKernels<float>> kernels_of_all_targets() {
  static const auto kernels = supported<float>(PARTWISE_CANDIDATES(FloatTable));
  return kernels;
}

template <>
std::span<const TargetKernels<double>> kernels_of_all_targets() {
  static const auto kernels = supported<double>(PARTWISE_CANDIDATES(DoubleTable));
  return kernels;
}

template <>
const KernelTable<float>& kernel_table<float>() {
  static const auto& best = *kernels_of_all_targets<float>().front().table;
  return best;
}

template <>
const KernelTable<double>& kernel_table<double>() {
  static const auto& best = *kernels_of_all_targets<double>().front().table;
  return best;
}

}  // namespace partwise::kernels
#endif
