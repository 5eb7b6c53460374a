// What is compiled for AVX2 against what is compiled for every machine.
#include <gtest/gtest.h>

#include <dsp/lane_kernel_sets.hpp>
#include <dsp/lanes.hpp>
#include <dsp/power_of_two_plan.hpp>
#include <partwise/matrix.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

template <class T>
struct Sets;
template <>
struct Sets<float> {
  static const LaneKernels<float>& generic() { return kGenericLanesFloat; }
};
template <>
struct Sets<double> {
  static const LaneKernels<double>& generic() { return kGenericLanesDouble; }
};

template <class T>
class LaneKernelSets : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_avx2_units()) GTEST_SKIP() << "this machine has one set only";
  }
  static Matrix<T> noise(Index count, std::uint32_t seed) {
    const auto values = test::noise(count, seed);
    Matrix<T> out(count, 1);
    std::copy(values.begin(), values.end(), out.data());
    return out;
  }
};
using Precisions = ::testing::Types<float, double>;
TYPED_TEST_SUITE(LaneKernelSets, Precisions);

// The last is no multiple of any register's width.
constexpr Index kLengths[] = {16, 64, 2048, 45};

TYPED_TEST(LaneKernelSets, GiveTheSameBits) {
  using T = TypeParam;
  constexpr Index kLanes = kFrameLanes<T>;
  const LaneKernels<T>& best = lane_kernels<T>();
  const LaneKernels<T>& generic = Sets<T>::generic();
  ASSERT_NE(&best, &generic);
  for (const Index n : kLengths) {
    const Index hop = n / 4 + 1;
    const auto signal = test::noise(n + kLanes * hop, 1);
    const Matrix<T> window = this->noise(n, 2);
    Matrix<T> a(n * kLanes, 1), b(n * kLanes, 1);
    best.load_frames(signal.data(), hop, window.data(), n, a.data());
    generic.load_frames(signal.data(), hop, window.data(), n, b.data());
    ASSERT_TRUE(test::same_bits(a, b)) << n;
    for (const Index count : {kLanes, Index{1}}) {
      Matrix<T> sum_a = this->noise(n + kLanes * hop, 3), sum_b = sum_a;
      best.overlap_add(a.data(), window.data(), n, hop, count, sum_a.data());
      generic.overlap_add(a.data(), window.data(), n, hop, count, sum_b.data());
      ASSERT_TRUE(test::same_bits(sum_a, sum_b)) << n;
      const Matrix<T> spectra = this->noise(3 * n * kLanes, 4);
      for (const int power : {1, 2}) {
        Matrix<float> columns_a(n / 2 + 1, kLanes), columns_b = columns_a;
        best.store_magnitudes(spectra.data(), 3, n, power, count, columns_a.data(),
                              columns_a.stride());
        generic.store_magnitudes(spectra.data(), 3, n, power, count, columns_b.data(),
                                 columns_b.stride());
        ASSERT_TRUE(test::same_bits(columns_a, columns_b)) << n;
      }
    }
    if (n == 45) continue;
    const PowerOfTwoPlan<T> plan(n);
    Matrix<T> spectra_a(n * kLanes, 1), spectra_b(n * kLanes, 1);
    best.forward(plan.tables(), a.data(), spectra_a.data());
    generic.forward(plan.tables(), b.data(), spectra_b.data());
    ASSERT_TRUE(test::same_bits(spectra_a, spectra_b)) << n;
    best.inverse(plan.tables(), spectra_a.data(), spectra_b.data(), a.data());
    generic.inverse(plan.tables(), spectra_a.data(), spectra_b.data(), b.data());
    ASSERT_TRUE(test::same_bits(a, b)) << n;
  }
}

}  // namespace
}  // namespace partwise
