// Every kernel against its scalar twin, for every instruction set that this machine has: sizes
// around every tile and vector length, padding of the output poisoned with NaN before the call.
#include <gtest/gtest.h>

#include <cmath>
#include <kernels/denormals.hpp>
#include <kernels/kernel_table.hpp>
#include <kernels/targets.hpp>
#include <limits>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using kernels::BetaArgs;
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
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const Index rows : kRows) {
      for (const Index inner : {Index{1}, Index{6}, Index{32}}) {
        for (const Index cols : kSmall) {
          const auto a = random_matrix<T>(rows, inner, 1), b = random_matrix<T>(inner, cols, 2);
          const auto b_turned = random_matrix<T>(cols, inner, 3);
          for (const bool turned : {false, true}) {
            auto fast = this->poisoned(rows, cols), plain = this->poisoned(rows, cols);
            const T* right = turned ? b_turned.data() : b.data();
            const Index step = turned ? b_turned.stride() : 1, col = turned ? 1 : b.stride();
            target_table.multiply({a.data(), a.stride(), right, step, col, fast.data(),
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
}

TYPED_TEST(Kernels, TransposedMultiplyIsItsScalarTwinForEverySize) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const Index rows : kRows) {
      for (const Index left : kSmall) {
        for (const Index right : kSmall) {
          const auto a = random_matrix<T>(rows, left, 1), b = random_matrix<T>(rows, right, 2);
          auto fast = this->poisoned(left, right), plain = this->poisoned(left, right);
          target_table.multiply_transposed({a.data(), a.stride(), b.data(), b.stride(), fast.data(),
                                            fast.stride(), rows, left, right});
          scalar_kernel_table<T>().multiply_transposed({a.data(), a.stride(), b.data(), b.stride(),
                                                        plain.data(), plain.stride(), rows, left,
                                                        right});
          ASSERT_TRUE(test::matrices_close(fast, plain, this->kTolerance))
              << rows << ": " << left << " x " << right;
        }
      }
    }
  }
}

TYPED_TEST(Kernels, MultiplyAddsToWhatIsThereIfAsked) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    const auto a = random_matrix<T>(25, 7, 1), b = random_matrix<T>(7, 6, 2);
    auto fast = random_matrix<T>(25, 6, 3), plain = fast;
    const auto add = [&](const kernels::KernelTable<T>& table, Matrix<T>& c) {
      table.multiply({a.data(), a.stride(), b.data(), 1, b.stride(), c.data(), c.stride(), 25, 7, 6,
                      /*add=*/true});
    };
    add(target_table, fast);
    add(scalar_kernel_table<T>(), plain);
    EXPECT_TRUE(test::matrices_close(fast, plain, this->kTolerance));
  }
}

template <class T>
struct BetaProblem {
  BetaProblem(Index rows, Index components, Index cols)
      : x(random_matrix<T>(rows, cols, 4)),
        w(random_matrix<T>(rows, components, 5)),
        h(random_matrix<T>(components, cols, 6)),
        scratch(components * kernels::kBetaScratchBytes / static_cast<Index>(sizeof(T)), 1) {
    x(0, 0) = 0;
    x(rows - 1, cols - 1) = 0;
    for (Index k = 0; k < components; ++k) h(k, cols - 1) = 0;  // a model of zero
  }
  BetaArgs<T> args(double beta) {
    return {x.data(), x.stride(), w.data(), w.stride(),    h.data(), h.stride(),
            x.rows(), w.cols(),   x.cols(), beta,          T(1e-5),  T(1e-6),
            T(1e-6),  T(1e-7),    true,     scratch.data()};
  }
  Matrix<T> x, w, h, scratch;
};

constexpr double kBetas[] = {1.0, 0.0, 0.5, -1.0, 1.5, 3.0};
constexpr Index kFrames[] = {1, 4, 7, 32};
constexpr Index kComponents[] = {1, 2, 3, 6, 13};

/// All sizes for the losses of their own code; for general powers, which take most of the time,
/// those about one vector.
bool is_worth_testing(double beta, Index rows) {
  return beta == 1 || beta == 0 || (rows >= 7 && rows <= 25);
}

/// exp(b log m) loses some bits of the exponent's size: b log(1e-6) is about 40. And a sum of
/// squares of m in the denominator doubles what the model lost.
constexpr double kBetaFactor = 16;

TYPED_TEST(Kernels, BetaCorrelateIsItsScalarTwinForEverySizeAndBeta) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const double beta : kBetas) {
      for (const Index rows : kRows) {
        if (!is_worth_testing(beta, rows)) continue;
        for (const Index components : kComponents) {
          for (const Index cols : kFrames) {
            BetaProblem<T> problem(rows, components, cols);
            auto fast_n = this->poisoned(components, cols), plain_n = fast_n;
            auto fast_d = fast_n, plain_d = fast_n;
            const auto args = problem.args(beta);
            const double fast =
                target_table.beta_correlate(args, {fast_n.data(), fast_d.data(), fast_n.stride()});
            const double plain = scalar_kernel_table<T>().beta_correlate(
                args, {plain_n.data(), plain_d.data(), plain_n.stride()});
            SCOPED_TRACE(testing::Message() << "beta " << beta << ", " << rows << " x "
                                            << components << " x " << cols);
            const double tolerance = kBetaFactor * this->kTolerance;
            ASSERT_TRUE(test::matrices_close(fast_n, plain_n, tolerance));
            if (beta != 1) {
              ASSERT_TRUE(test::matrices_close(fast_d, plain_d, tolerance));
            } else {
              ASSERT_TRUE(std::isnan(fast_d(0, 0))) << "is not to be touched";
            }
            ASSERT_NEAR(fast, plain, tolerance * std::abs(plain));
          }
        }
      }
    }
  }
}

TYPED_TEST(Kernels, BetaAccumulateAddsWhatItsScalarTwinAddsForEverySizeAndBeta) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const double beta : kBetas) {
      for (const Index rows : kRows) {
        if (!is_worth_testing(beta, rows)) continue;
        for (const Index components : kComponents) {
          for (const Index cols : kFrames) {
            BetaProblem<T> problem(rows, components, cols);
            auto fast_n = random_matrix<T>(rows, components, 7), plain_n = fast_n;
            auto fast_d = random_matrix<T>(rows, components, 8), plain_d = fast_d;
            const auto args = problem.args(beta);
            const double fast =
                target_table.beta_accumulate(args, {fast_n.data(), fast_d.data(), fast_n.stride()});
            const double plain = scalar_kernel_table<T>().beta_accumulate(
                args, {plain_n.data(), plain_d.data(), plain_n.stride()});
            SCOPED_TRACE(testing::Message() << "beta " << beta << ", " << rows << " x "
                                            << components << " x " << cols);
            const double tolerance = kBetaFactor * this->kTolerance;
            ASSERT_TRUE(test::matrices_close(fast_n, plain_n, tolerance));
            ASSERT_TRUE(test::matrices_close(fast_d, plain_d, tolerance));
            ASSERT_NEAR(fast, plain, tolerance * std::abs(plain));
          }
        }
      }
    }
  }
}

TYPED_TEST(Kernels, BetaSumsAreTheSameBitsWithAndWithoutTheObjective) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const double beta : kBetas) {
      BetaProblem<T> problem(1025, 6, 32);
      auto with_n = this->poisoned(6, 32), with_d = with_n, without_n = with_n, without_d = with_n;
      auto args = problem.args(beta);
      target_table.beta_correlate(args, {with_n.data(), with_d.data(), with_n.stride()});
      args.want_objective = false;
      const double none = target_table.beta_correlate(
          args, {without_n.data(), without_d.data(), without_n.stride()});
      EXPECT_EQ(none, 0);
      EXPECT_TRUE(test::matrices_close(with_n, without_n, 0)) << beta;
      if (beta != 1) {
        EXPECT_TRUE(test::matrices_close(with_d, without_d, 0)) << beta;
      }
    }
  }
}

TYPED_TEST(Kernels, BetaSumsAreFiniteForTheSteepestPowersOfAModelOfZero) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    constexpr Index kNine = 9;  // no multiple of any vector length
    BetaProblem<T> problem(kNine, 2, 4);
    problem.h.set_zero();
    auto args = problem.args(-4.0);
    args.model_below = args.model_replacement = T(1e-6);
    auto numerator = this->poisoned(2, 4), denominator = numerator;
    target_table.beta_correlate(args, {numerator.data(), denominator.data(), numerator.stride()});
    for (Index n = 0; n < 4; ++n) {
      for (Index k = 0; k < 2; ++k) {
        EXPECT_TRUE(std::isfinite(numerator(k, n)) && std::isfinite(denominator(k, n)));
      }
    }
  }
}

TYPED_TEST(Kernels, DescendIsItsScalarTwinForEverySizeAndNumberOfSweeps) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const Index components : kSmall) {
      for (const Index cols : {1, 5, 8, 31, 32, 33, 70}) {
        for (const Index sweeps : {1, 4}) {
          const auto w = random_matrix<T>(64, components, 1);
          Matrix<T> gram(components, components);
          scalar_kernel_table<T>().multiply_transposed({w.data(), w.stride(), w.data(), w.stride(),
                                                        gram.data(), gram.stride(), 64, components,
                                                        components});
          if (components > 2) {  // a component that does not sound
            for (Index k = 0; k < components; ++k) gram(k, 1) = gram(1, k) = 0;
          }
          auto correlation = random_matrix<T>(components, cols, 2);
          for (Index n = 0; n < cols; ++n) correlation(n % components, n) *= -1;
          auto fast = random_matrix<T>(components, cols, 3), plain = fast;
          Matrix<T> scratch(2 * components * kernels::kDescendFrames, 1);
          const auto run = [&](const kernels::KernelTable<T>& table, Matrix<T>& h) {
            return table.descend({gram.data(), gram.stride(), correlation.data(),
                                  correlation.stride(), h.data(), h.stride(), components, cols,
                                  sweeps, scratch.data()});
          };
          const double met = run(target_table, fast);
          const double expected = run(scalar_kernel_table<T>(), plain);
          SCOPED_TRACE(testing::Message() << components << " x " << cols << ", " << sweeps);
          // Sums of up to 32 terms near 16 each whose difference is near 1.
          const double tolerance = 8 * this->kTolerance;
          ASSERT_TRUE(test::matrices_close(fast, plain, tolerance));
          ASSERT_NEAR(met, expected, tolerance * expected);
        }
      }
    }
  }
}

TYPED_TEST(Kernels, DescendTemplatesIsItsScalarTwinAndKeepsWhatIsToBeKept) {
  using T = TypeParam;
  for (const auto& target : kernels::kernels_of_all_targets<T>()) {
    SCOPED_TRACE(target.name);
    const kernels::KernelTable<T>& target_table = *target.table;
    for (const Index rows : kRows) {
      for (const Index components : kSmall) {
        for (const Index sweeps : {1, 4}) {
          const auto h = random_matrix<T>(components, 40, 1);
          Matrix<T> gram(components, components);
          scalar_kernel_table<T>().multiply({h.data(), h.stride(), h.data(), h.stride(), 1,
                                             gram.data(), gram.stride(), components, 40,
                                             components});
          auto correlation = random_matrix<T>(rows, components, 2);
          for (Index f = 0; f < rows; ++f) correlation(f, f % components) *= -1;
          std::vector<char> keep(static_cast<std::size_t>(components), 0);
          keep[static_cast<std::size_t>(components / 2)] = components > 1 ? 1 : 0;
          const auto start = random_matrix<T>(rows, components, 3);
          auto fast = start, plain = start;
          const auto run = [&](const kernels::KernelTable<T>& table, Matrix<T>& w) {
            return table.descend_templates(
                {gram.data(), gram.stride(), correlation.data(), correlation.stride(), w.data(),
                 w.stride(), reinterpret_cast<const bool*>(keep.data()), rows, components, sweeps});
          };
          const double met = run(target_table, fast);
          const double expected = run(scalar_kernel_table<T>(), plain);
          SCOPED_TRACE(testing::Message() << rows << " x " << components << ", " << sweeps);
          // Sums of up to 32 terms near 10 each whose difference is near 1.
          const double tolerance = 8 * this->kTolerance;
          ASSERT_TRUE(test::matrices_close(fast, plain, tolerance));
          ASSERT_NEAR(met, expected, tolerance * expected);
          if (components > 1) {
            for (Index f = 0; f < rows; ++f) {
              ASSERT_EQ(fast(f, components / 2), start(f, components / 2));
            }
          }
        }
      }
    }
  }
}

TEST(KernelTable, IsThatOfTheFirstTarget) {
  EXPECT_EQ(&kernels::kernel_table<float>(), kernels::kernels_of_all_targets<float>()[0].table);
  EXPECT_EQ(&kernels::kernel_table<double>(), kernels::kernels_of_all_targets<double>()[0].table);
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
