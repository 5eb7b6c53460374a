// Chooses the kernel of the beta-divergence by loss and number of components, once per target.
// Included by simd.cpp.
#if defined(PARTWISE_BETA_PRODUCTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef PARTWISE_BETA_PRODUCTS_INL
#undef PARTWISE_BETA_PRODUCTS_INL
#else
#define PARTWISE_BETA_PRODUCTS_INL
#endif

#include <hwy/highway.h>

#include <kernels/beta_loss-inl.hpp>
#include <kernels/beta_tiles-inl.hpp>
#include <kernels/kernel_table.hpp>
#include <type_traits>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {

/// Calls use(loss, std::bool_constant<objective wanted>) for the arguments' beta.
template <class T, class Use>
HWY_INLINE double WithLoss(const BetaArgs<T>& p, const Use& use) {
  const auto with = [&](const auto& loss) {
    return p.want_objective ? use(loss, std::true_type{}) : use(loss, std::false_type{});
  };
  if (p.beta == 1) return with(KullbackLeibler{});
  if (p.beta == 0) return with(ItakuraSaito{});
  return with(GeneralBeta{p.beta});
}

template <class T>
HWY_INLINE double BetaCorrelate(const BetaArgs<T>& p, const BetaSums<T>& out) {
  return WithLoss(p, [&](const auto& loss, auto objective)
                         HWY_ATTR { return CorrelateBlock<objective.value>(loss, p, out); });
}

template <class T>
HWY_INLINE double BetaAccumulate(const BetaArgs<T>& p, const BetaSums<T>& out) {
  return WithLoss(p, [&](const auto& loss, auto objective)
                         HWY_ATTR { return AccumulateBlock<objective.value>(loss, p, out); });
}

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
