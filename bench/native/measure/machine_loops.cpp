#include <measure/machine_loops.hpp>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "measure/machine_loops.cpp"
#include <hwy/foreach_target.h>  // must come before highway.h
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace partwise::bench::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Lanes = hn::ScalableTag<float>;
using Vector = hn::Vec<Lanes>;

// Two multiply-adds a cycle with a latency of 4 or 5 cycles need 8 to 10 chains; 12 and their
// operands fit the 16 registers of AVX2.
constexpr Index kChains = 12;
// Division is slower and needs fewer chains; the Newton step has two temporaries beside each.
constexpr Index kReciprocalChains = 8;

HWY_INLINE float SumOf(const Vector* values, Index count) {
  const Lanes d;
  Vector sum = values[0];
  for (Index i = 1; i < count; ++i) sum = hn::Add(sum, values[i]);
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

float Fma(Index rounds, double& flops) {
  const Lanes d;
  Vector sums[kChains];
  for (Index i = 0; i < kChains; ++i) sums[i] = hn::Set(d, static_cast<float>(i));
  const Vector x = hn::Set(d, 0.5f), y = hn::Set(d, 0.25f);
  for (Index round = 0; round < rounds; ++round) {
    for (Index i = 0; i < kChains; ++i) sums[i] = hn::MulAdd(x, y, sums[i]);
  }
  flops += 2.0 * static_cast<double>(rounds * kChains) * static_cast<double>(hn::Lanes(d));
  return SumOf(sums, kChains);
}

template <class Reciprocal>
HWY_INLINE float Reciprocals(Index rounds, double& count, const Reciprocal& reciprocal) {
  const Lanes d;
  Vector values[kReciprocalChains];
  for (Index i = 0; i < kReciprocalChains; ++i) {
    values[i] = hn::Set(d, 1.5f + static_cast<float>(i));
  }
  for (Index round = 0; round < rounds; ++round) {
    for (Index i = 0; i < kReciprocalChains; ++i) values[i] = reciprocal(values[i]);
  }
  count += static_cast<double>(rounds * kReciprocalChains) * static_cast<double>(hn::Lanes(d));
  return SumOf(values, kReciprocalChains);
}

float Divide(Index rounds, double& count) {
  const Lanes d;
  const Vector one = hn::Set(d, 1.0f);
  return Reciprocals(rounds, count, [one](Vector x) HWY_ATTR { return hn::Div(one, x); });
}

float Newton(Index rounds, double& count) {
  const Lanes d;
  const Vector two = hn::Set(d, 2.0f);
  return Reciprocals(rounds, count, [two](Vector x) HWY_ATTR {
    const Vector estimate = hn::ApproximateReciprocal(x);
    return hn::Mul(estimate, hn::NegMulAdd(x, estimate, two));
  });
}

float Read(const float* values, Index count) {
  const Lanes d;
  const auto lanes = static_cast<Index>(hn::Lanes(d));
  constexpr Index kStreams = 8;  // sums that do not wait for one another
  Vector sums[kStreams];
  for (Index i = 0; i < kStreams; ++i) sums[i] = hn::Zero(d);
  for (Index at = 0; at < count; at += kStreams * lanes) {
    for (Index i = 0; i < kStreams; ++i) {
      sums[i] = hn::Add(sums[i], hn::Load(d, values + at + i * lanes));
    }
  }
  return SumOf(sums, kStreams);
}

const char* Name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace partwise::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace partwise::bench {

HWY_EXPORT(Fma);
HWY_EXPORT(Divide);
HWY_EXPORT(Newton);
HWY_EXPORT(Read);
HWY_EXPORT(Name);

std::string target_name() { return HWY_DYNAMIC_DISPATCH(Name)(); }
float fma_loop(Index rounds, double& flops) { return HWY_DYNAMIC_DISPATCH(Fma)(rounds, flops); }
float divide_loop(Index rounds, double& count) {
  return HWY_DYNAMIC_DISPATCH(Divide)(rounds, count);
}
float newton_loop(Index rounds, double& count) {
  return HWY_DYNAMIC_DISPATCH(Newton)(rounds, count);
}
float read_loop(const float* values, Index count) {
  return HWY_DYNAMIC_DISPATCH(Read)(values, count);
}

}  // namespace partwise::bench
#endif
