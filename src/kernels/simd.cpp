// Compiles the kernels for every instruction set and picks one at run time.
#include <kernels/kernel_table.hpp>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/simd.cpp"
#include <hwy/foreach_target.h>  // must come before the -inl files
#include <hwy/highway.h>

#include <kernels/beta_products-inl.hpp>
#include <kernels/descend-inl.hpp>
#include <kernels/products-inl.hpp>

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

HWY_EXPORT(FloatTable);
HWY_EXPORT(DoubleTable);

// The dispatch reads the processor's features once and is one table look-up after that.
template <>
const KernelTable<float>& kernel_table<float>() {
  return HWY_DYNAMIC_DISPATCH(FloatTable)();
}

template <>
const KernelTable<double>& kernel_table<double>() {
  return HWY_DYNAMIC_DISPATCH(DoubleTable)();
}

}  // namespace partwise::kernels
#endif
