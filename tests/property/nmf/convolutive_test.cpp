// Convolutive templates (NMFD): against the definition written as plain loops, and what must hold
// for any data.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <partwise/factorize.hpp>
#include <support/compare.hpp>
#include <support/random_matrix.hpp>

namespace partwise {
namespace {

using test::random_data;
using test::random_matrix;

constexpr Index kTemplateFrames = 4;

template <class T>
FactorizeResult<T> run(const Matrix<T>& v, FactorizeOptions options, int threads = 1,
                       const Factors<T>* given = nullptr) {
  Reducer reducer(threads);
  const RunControl control;
  if (given != nullptr) options.start = Start::given;
  return factorize<T>(v.view(), options, given, reducer, control);
}

FactorizeOptions convolutive(Index components, double beta, Index iterations) {
  FactorizeOptions options;
  options.num_components = components;
  options.template_frames = kTemplateFrames;
  options.beta = beta;
  options.max_iterations = iterations;
  options.tolerance = 0;
  return options;
}

template <class T>
Factors<T> random_start(Index bins, Index components, Index frames, std::uint32_t seed) {
  return {random_matrix<T>(bins, components * kTemplateFrames, seed),
          random_matrix<T>(components, frames, seed + 1)};
}

/// sum_k sum_l W(f, k + l K) H(k, n - l)
Matrix<double> model_of(const Factors<double>& factors) {
  const Matrix<double>&w = factors.w, &h = factors.h;
  Matrix<double> model(w.rows(), h.cols());
  for (Index n = 0; n < h.cols(); ++n) {
    for (Index l = 0; l < w.cols() / h.rows() && l <= n; ++l) {
      for (Index k = 0; k < h.rows(); ++k) {
        for (Index f = 0; f < w.rows(); ++f) {
          model(f, n) += w(f, k + l * h.rows()) * h(k, n - l);
        }
      }
    }
  }
  return model;
}

/// One multiplicative update of H and one of W, both from the definition (Smaragdis 2004 for beta =
/// 1; the same gradient split as Fevotte and Idier 2011, eq. 4.1, for other beta in [1, 2]).
void iterate_by_definition(const Matrix<double>& v, double beta, Factors<double>& factors) {
  Matrix<double>&w = factors.w, &h = factors.h;
  const Index components = h.rows(), lags = w.cols() / components;
  const auto above = [&](const Matrix<double>& model, Index f, Index n) {
    return v(f, n) * std::pow(model(f, n), beta - 2);
  };
  const Matrix<double> model = model_of(factors);
  Matrix<double> next(components, h.cols());
  for (Index k = 0; k < components; ++k) {
    for (Index n = 0; n < h.cols(); ++n) {
      double numerator = 0, denominator = 0;
      for (Index l = 0; l < lags && n + l < h.cols(); ++l) {
        for (Index f = 0; f < w.rows(); ++f) {
          numerator += w(f, k + l * components) * above(model, f, n + l);
          denominator += w(f, k + l * components) * std::pow(model(f, n + l), beta - 1);
        }
      }
      next(k, n) = h(k, n) * numerator / denominator;
    }
  }
  h = next;
  const Matrix<double> after = model_of(factors);
  for (Index l = 0; l < lags; ++l) {
    for (Index k = 0; k < components; ++k) {
      for (Index f = 0; f < w.rows(); ++f) {
        double numerator = 0, denominator = 0;
        for (Index n = l; n < h.cols(); ++n) {
          numerator += h(k, n - l) * above(after, f, n);
          denominator += h(k, n - l) * std::pow(after(f, n), beta - 1);
        }
        w(f, k + l * components) *= numerator / denominator;
      }
    }
  }
}

TEST(Convolutive, IterationsAreThoseOfTheDefinition) {
  for (const double beta : {1.0, 1.5, 2.0}) {
    const auto v = random_data<double>(19, 70, 3, 11);
    const Factors<double> start = random_start<double>(19, 3, 70, 5);
    FactorizeOptions options = convolutive(3, beta, 5);
    options.normalize = false;
    const auto result = run(v, options, 1, &start);
    Factors<double> expected = start;
    for (int i = 0; i < 5; ++i) iterate_by_definition(v, beta, expected);
    const Matrix<double> model = model_of(result.factors), by_definition = model_of(expected);
    for (Index n = 0; n < v.cols(); ++n) {
      for (Index f = 0; f < v.rows(); ++f) {
        ASSERT_NEAR(model(f, n), by_definition(f, n), 1e-6 * by_definition(f, n))
            << "beta " << beta << ", cell " << f << ", " << n;
      }
    }
  }
}

TEST(Convolutive, ShiftedActivationsMakeTheModelAProduct) {
  const Factors<double> factors = random_start<double>(6, 2, 9, 3);
  const Matrix<double> shifted = shifted_activations<double>(factors.h, kTemplateFrames);
  const Matrix<double> model = model_of(factors);
  ASSERT_EQ(shifted.rows(), 2 * kTemplateFrames);
  for (Index n = 0; n < 9; ++n) {
    for (Index f = 0; f < 6; ++f) {
      double sum = 0;
      for (Index i = 0; i < shifted.rows(); ++i) sum += factors.w(f, i) * shifted(i, n);
      EXPECT_NEAR(sum, model(f, n), 1e-12);
    }
  }
}

TEST(Convolutive, TheObjectiveNeverRises) {
  for (const double beta : {-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0}) {
    for (std::uint32_t seed = 0; seed < 6; ++seed) {
      for (const Start start : {Start::automatic, Start::random}) {
        const auto v = random_data<double>(20 + seed, 40 + 7 * seed, 3, seed, 0.05);
        FactorizeOptions options = convolutive(1 + seed % 4, beta, 30);
        options.start = start;
        options.seed = seed;
        const auto result = run(v, options);
        for (std::size_t i = 1; i < result.objective.size(); ++i) {
          ASSERT_LE(result.objective[i], result.objective[i - 1] * (1 + 1e-9) + 1e-12)
              << "beta " << beta << " seed " << seed << " iteration " << i;
        }
      }
    }
  }
}

TEST(Convolutive, OneFrameIsNmf) {
  const auto v = random_data<float>(33, 50, 4, 2);
  FactorizeOptions options = convolutive(4, 1, 20);
  options.template_frames = 1;
  options.solver = Solver::mu;
  const auto plain = run(v, options);
  FactorizeOptions longer = options;
  longer.template_frames = 2;  // whose second frame is kept silent by a start of zeros
  Factors<float> start{Matrix<float>(33, 8), plain.factors.h};
  Factors<float> short_start = plain.factors;
  for (Index k = 0; k < 4; ++k) std::copy_n(plain.factors.w.column(k), 33, start.w.column(k));
  const auto one = run(v, options, 1, &short_start);
  const auto two = run(v, longer, 1, &start);
  for (std::size_t i = 0; i < one.objective.size(); ++i)
    EXPECT_NEAR(two.objective[i], one.objective[i], 1e-5 * one.objective[i] + 1e-9);
}

TEST(Convolutive, ThreadsDoNotChangeABit) {
  const auto v = random_data<float>(257, 700, 5, 4);
  const auto one = run(v, convolutive(6, 1, 12), 1);
  for (const int threads : {2, 3, 4}) {
    const auto many = run(v, convolutive(6, 1, 12), threads);
    EXPECT_TRUE(test::same_bits(one.factors.w, many.factors.w));
    EXPECT_TRUE(test::same_bits(one.factors.h, many.factors.h));
    EXPECT_EQ(one.objective, many.objective);
  }
}

TEST(Convolutive, LoudnessDoesNotChangeTemplates) {
  const auto quiet = random_data<float>(40, 90, 3, 8);
  Matrix<float> loud = quiet;
  for (Index n = 0; n < loud.cols(); ++n) {
    for (float& x : loud.view().column_span(n)) x *= 1024;
  }
  const auto a = run(quiet, convolutive(3, 1, 15)), b = run(loud, convolutive(3, 1, 15));
  EXPECT_TRUE(test::same_bits(a.factors.w, b.factors.w));
}

TEST(Convolutive, ADelayedSoundHasDelayedActivations) {
  constexpr Index kBins = 12, kFrames = 60, kDelay = 7;
  const Factors<double> truth = random_start<double>(kBins, 1, kFrames, 21);
  Factors<double> sparse{truth.w, Matrix<double>(1, kFrames)};
  for (const Index n : {5, 20, 33}) sparse.h(0, n) = 1;
  const Matrix<double> v = model_of(sparse);
  Matrix<double> delayed(kBins, kFrames);
  for (Index n = kDelay; n < kFrames; ++n)
    std::copy_n(v.column(n - kDelay), kBins, delayed.column(n));
  FactorizeOptions options = convolutive(1, 1, 300);
  const auto first = run(v, options), second = run(delayed, options);
  for (const Index n : {5, 20, 33}) {
    const double here = first.factors.h(0, n), there = second.factors.h(0, n + kDelay);
    EXPECT_NEAR(there, here, 0.02 * here) << n;
  }
}

TEST(Convolutive, TemplatesHaveUnitSums) {
  const auto result = run(random_data<double>(30, 64, 3, 1), convolutive(3, 1, 10));
  for (Index k = 0; k < 3; ++k) {
    double sum = 0;
    for (Index l = 0; l < kTemplateFrames; ++l) {
      for (const double x : result.factors.w.view().column_span(k + 3 * l)) sum += x;
    }
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}

TEST(Convolutive, SilenceGivesSilentActivations) {
  const auto result = run(Matrix<float>(10, 20), convolutive(2, 1, 10));
  EXPECT_EQ(result.stop_reason, StopReason::silent_input);
  EXPECT_EQ(result.factors.w.cols(), 2 * kTemplateFrames);
}

TEST(Convolutive, AsMoreFramesThanThereAreIsNoFault) {
  const auto result = run(random_data<float>(10, 2, 1, 1), convolutive(1, 1, 10));
  EXPECT_TRUE(std::isfinite(result.objective.back()));
}

TEST(Convolutive, RefusesWhatItCannotDo) {
  const auto v = random_data<float>(10, 20, 2, 1);
  const auto message = [&](const FactorizeOptions& options) -> std::string {
    try {
      run(v, options);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  FactorizeOptions options = convolutive(2, 1, 5);
  options.template_frames = 0;
  EXPECT_EQ(message(options), "template_frames = 0, expected 1..64");
  options = convolutive(2, 2, 5);
  options.solver = Solver::cd;
  EXPECT_EQ(message(options), "solver = fast or cd with template_frames = 4, expected auto or mu");
  options = convolutive(2, 2, 5);
  options.product_precision = ProductPrecision::bf16;
  EXPECT_EQ(message(options), "template_frames = 4, expected 1 with bf16");
}

}  // namespace
}  // namespace partwise
