// Compiles the kernels for every instruction set and picks one at run time.
#include <kernels/kernel_table.hpp>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/simd.cpp"
#include <hwy/foreach_target.h>  // must come before the -inl files
#include <hwy/highway.h>

#include <kernels/beta_cells-inl.hpp>
#include <kernels/products-inl.hpp>

HWY_BEFORE_NAMESPACE();
namespace partwise::kernels::HWY_NAMESPACE {

void MultiplyF32(const MultiplyArgs<float>& p) { Multiply(p); }
void MultiplyF64(const MultiplyArgs<double>& p) { Multiply(p); }
void TransposedF32(const TransposedArgs<float>& p) { MultiplyTransposed(p); }
void TransposedF64(const TransposedArgs<double>& p) { MultiplyTransposed(p); }
double BetaCellsF32(const BetaCellsArgs<float>& p) { return BetaCells(p); }
double BetaCellsF64(const BetaCellsArgs<double>& p) { return BetaCells(p); }

}  // namespace partwise::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace partwise::kernels {

HWY_EXPORT(MultiplyF32);
HWY_EXPORT(MultiplyF64);
HWY_EXPORT(TransposedF32);
HWY_EXPORT(TransposedF64);
HWY_EXPORT(BetaCellsF32);
HWY_EXPORT(BetaCellsF64);

// The dispatch reads the processor's features once and is one table look-up after that.
template <>
const KernelTable<float>& kernel_table<float>() {
  static constexpr KernelTable<float> table{
      [](const MultiplyArgs<float>& p) { HWY_DYNAMIC_DISPATCH(MultiplyF32)
                                         (p); },
      [](const TransposedArgs<float>& p) { HWY_DYNAMIC_DISPATCH(TransposedF32)
                                           (p); },
      [](const BetaCellsArgs<float>& p) { return HWY_DYNAMIC_DISPATCH(BetaCellsF32)(p); }};
  return table;
}

template <>
const KernelTable<double>& kernel_table<double>() {
  static constexpr KernelTable<double> table{
      [](const MultiplyArgs<double>& p) { HWY_DYNAMIC_DISPATCH(MultiplyF64)
                                          (p); },
      [](const TransposedArgs<double>& p) { HWY_DYNAMIC_DISPATCH(TransposedF64)
                                            (p); },
      [](const BetaCellsArgs<double>& p) { return HWY_DYNAMIC_DISPATCH(BetaCellsF64)(p); }};
  return table;
}

}  // namespace partwise::kernels
#endif
