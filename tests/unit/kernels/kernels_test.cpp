// Every kernel against its scalar twin: sizes around every tile and vector length, padding of the
// output poisoned with NaN before the call.
#include <gtest/gtest.h>

#include <cmath>
#include <kernels/denormals.hpp>
#include <kernels/kernel_table.hpp>
#include <limits>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using kernels::BetaCellsArgs;
using kernels::kernel_table;
using kernels::scalar_kernel_table;
using test::random_matrix;

template <class T>
class Kernels : public testing::Test {
 protected:
  // A sum of n terms in another order differs by about eps sqrt(n); 64 leaves room for n = 1100.
  static constexpr double kTolerance = 64 * static_cast<double>(std::numeric_limits<T>::epsilon());

  static Matrix<T> poisoned(Index rows, Index cols) {
    Matrix<T> m(rows, cols);
    std::fill_n(m.data(), m.stride() * m.cols(), std::numeric_limits<T>::quiet_NaN());
    return m;
  }
};

using Types = testing::Types<float, double>;
TYPED_TEST_SUITE(Kernels, Types);

constexpr Index kRows[] = {1, 3, 7, 8, 9, 16, 23, 24, 25, 48, 49, 1025};
constexpr Index kSmall[] = {1, 2, 3, 4, 5, 6, 7, 8, 13, 32};

TYPED_TEST(Kernels, MultiplyIsItsScalarTwinForEverySizeAndBothOrdersOfB) {
  using T = TypeParam;
  for (const Index rows : kRows) {
    for (const Index inner : {Index{1}, Index{6}, Index{32}}) {
      for (const Index cols : kSmall) {
        const auto a = random_matrix<T>(rows, inner, 1), b = random_matrix<T>(inner, cols, 2);
        const auto b_turned = random_matrix<T>(cols, inner, 3);
        for (const bool turned : {false, true}) {
          auto fast = this->poisoned(rows, cols), plain = this->poisoned(rows, cols);
          const T* right = turned ? b_turned.data() : b.data();
          const Index step = turned ? b_turned.stride() : 1, col = turned ? 1 : b.stride();
          kernel_table<T>().multiply({a.data(), a.stride(), right, step, col, fast.data(),
                                      fast.stride(), rows, inner, cols});
          scalar_kernel_table<T>().multiply({a.data(), a.stride(), right, step, col, plain.data(),
                                             plain.stride(), rows, inner, cols});
          ASSERT_TRUE(test::matrices_close(fast, plain, this->kTolerance))
              << rows << " x " << inner << " x " << cols << (turned ? " turned" : "");
        }
      }
    }
  }
}

TYPED_TEST(Kernels, TransposedMultiplyIsItsScalarTwinForEverySize) {
  using T = TypeParam;
  for (const Index rows : kRows) {
    for (const Index left : kSmall) {
      for (const Index right : kSmall) {
        const auto a = random_matrix<T>(rows, left, 1), b = random_matrix<T>(rows, right, 2);
        auto fast = this->poisoned(left, right), plain = this->poisoned(left, right);
        kernel_table<T>().multiply_transposed({a.data(), a.stride(), b.data(), b.stride(),
                                               fast.data(), fast.stride(), rows, left, right});
        scalar_kernel_table<T>().multiply_transposed({a.data(), a.stride(), b.data(), b.stride(),
                                                      plain.data(), plain.stride(), rows, left,
                                                      right});
        ASSERT_TRUE(test::matrices_close(fast, plain, this->kTolerance))
            << rows << ": " << left << " x " << right;
      }
    }
  }
}

TYPED_TEST(Kernels, BetaCellsAreTheirScalarTwinForEveryBetaAndForZeros) {
  using T = TypeParam;
  for (const double beta : {1.0, 0.0, 0.5, -1.0, 1.5, 3.0}) {
    for (const Index rows : kRows) {
      auto x = random_matrix<T>(rows, 5, 4), m = random_matrix<T>(rows, 5, 5);
      x(0, 0) = 0;
      m(0, 1) = 0;
      x(rows - 1, 4) = 0;
      m(rows - 1, 4) = 0;
      const auto evaluate = [&](const kernels::KernelTable<T>& table, Matrix<T>& numerator,
                                Matrix<T>& denominator) {
        const BetaCellsArgs<T> args{x.data(),
                                    m.data(),
                                    numerator.data(),
                                    denominator.data(),
                                    x.stride(),
                                    rows,
                                    5,
                                    beta,
                                    T(1e-6),
                                    T(1e-6),
                                    T(1e-7),
                                    true};
        return table.beta_cells(args);
      };
      auto fast_n = this->poisoned(rows, 5), plain_n = this->poisoned(rows, 5);
      auto fast_d = this->poisoned(rows, 5), plain_d = this->poisoned(rows, 5);
      const double fast = evaluate(kernel_table<T>(), fast_n, fast_d);
      const double plain = evaluate(scalar_kernel_table<T>(), plain_n, plain_d);
      // exp(b log m) loses some bits of the exponent's size: b log(1e-6) is about 40.
      const double tolerance = 8 * this->kTolerance;
      SCOPED_TRACE(testing::Message() << "beta " << beta << ", rows " << rows);
      ASSERT_TRUE(test::matrices_close(fast_n, plain_n, tolerance));
      if (beta != 1) {
        ASSERT_TRUE(test::matrices_close(fast_d, plain_d, tolerance));
      }
      ASSERT_NEAR(fast, plain, tolerance * std::abs(plain));
    }
  }
}

TYPED_TEST(Kernels, BetaCellsLeavePaddingFiniteForTheSteepestPowers) {
  using T = TypeParam;
  constexpr Index kNine = 9;  // no multiple of any vector length
  const auto x = random_matrix<T>(kNine, 2, 4), m = random_matrix<T>(kNine, 2, 5);
  auto numerator = this->poisoned(kNine, 2), denominator = this->poisoned(kNine, 2);
  kernel_table<T>().beta_cells({x.data(), m.data(), numerator.data(), denominator.data(),
                                x.stride(), kNine, 2, -4.0, T(1e-12), T(1e-12), T(0), false});
  // What lies behind the rows up to a whole vector is read by the next product: 64 bytes at most.
  constexpr Index kSixteenBytes = static_cast<Index>(16 / sizeof(T));
  const Index read = (kNine + kSixteenBytes - 1) / kSixteenBytes * kSixteenBytes;
  for (const Matrix<T>* weights : {&numerator, &denominator}) {
    for (Index n = 0; n < 2; ++n) {
      for (Index f = 0; f < read; ++f) EXPECT_TRUE(std::isfinite(weights->column(n)[f])) << f;
    }
  }
}

TEST(FlushDenormals, LeavesTheCallersModeAsItWas) {
  volatile float tiny = 1e-39f;
  {
    const kernels::FlushDenormals flush;
    volatile float product = tiny * 1.0f;
#if defined(__x86_64__)
    EXPECT_EQ(product, 0.0f);
#endif
    static_cast<void>(product);
  }
  volatile float product = tiny * 1.0f;
  EXPECT_NE(product, 0.0f);
}

}  // namespace
}  // namespace partwise
