#include <gtest/gtest.h>

#include <cmath>
#include <partwise/decompose.hpp>

namespace partwise {
namespace {

TEST(Resolve, WithoutPartsGivesTheDefaultsOfTheStructs) {
  const AnalysisOptions options = resolve(AnalysisOptions());
  EXPECT_EQ(options.factorize.num_components, kDefaultComponents);
  EXPECT_EQ(options.factorize.max_iterations, kDefaultMaxIterations);
  EXPECT_EQ(options.separate.mask_exponent, kDefaultMaskExponent);
}

TEST(Resolve, PartsOfComponentsGetMoreComponentsFewerIterationsAndHarderMasks) {
  AnalysisOptions asked;
  asked.parts.num_parts = 3;
  const AnalysisOptions options = resolve(asked);
  EXPECT_EQ(options.factorize.num_components, 24);
  EXPECT_EQ(options.factorize.max_iterations, kMaxIterationsOfParts);
  EXPECT_EQ(options.separate.mask_exponent, kMaskExponentOfParts);
  asked.parts = {};
  asked.parts.choose = true;
  EXPECT_EQ(resolve(asked).factorize.num_components,
            components_for_parts(kMostSuggestedParts, PartMethod::automatic));
}

TEST(Resolve, WhatWasGivenStaysEvenAtTheDefaultOfRunsWithoutParts) {
  AnalysisOptions asked;
  asked.parts.num_parts = 3;
  asked.factorize.num_components = kDefaultComponents;
  asked.factorize.max_iterations = kDefaultMaxIterations;
  asked.separate.mask_exponent = kDefaultMaskExponent;
  const AnalysisOptions options = resolve(asked);
  EXPECT_EQ(options.factorize.num_components, kDefaultComponents);
  EXPECT_EQ(options.factorize.max_iterations, kDefaultMaxIterations);
  EXPECT_EQ(options.separate.mask_exponent, kDefaultMaskExponent);
}

TEST(Resolve, AStartDecidesTheNumberOfComponentsUnlessItWasGiven) {
  const Factors<float> start{Matrix<float>(5, 4), Matrix<float>(4, 7)};
  EXPECT_EQ(with_start({}, start).factorize.num_components, 4);
  AnalysisOptions asked;
  asked.factorize.num_components = 3;
  EXPECT_EQ(with_start(asked, start).factorize.num_components, 3);
}

TEST(Resolve, FramesFollowTheSampleRateAndTheStepFollowsTheFrame) {
  EXPECT_EQ(resolve(FrameOptions(), 44100).n_fft, 4096);
  EXPECT_EQ(resolve(FrameOptions(), 44100).hop_length, 1024);
  EXPECT_EQ(resolve({.n_fft = 100, .hop_length = {}}, 44100).hop_length, 25);
  EXPECT_EQ(resolve({.n_fft = {}, .hop_length = 10}, 22050).n_fft, 2048);
}

/// Every field that has a range, and how to set it in options that are valid otherwise.
template <class T, class Set>
void expect_range(const char* name, const Range<T>& range, T step, const Set& set) {
  const auto accepts = [&](T value) {
    AnalysisOptions options;
    set(options, value);
    try {
      validate(options);
      return true;
    } catch (const Error&) {
      return false;
    }
  };
  const auto below = [&](T value) {
    return std::is_integral_v<T> ? value - step : static_cast<T>(std::nextafter(value, -INFINITY));
  };
  const auto above = [&](T value) {
    return std::is_integral_v<T> ? value + step : static_cast<T>(std::nextafter(value, INFINITY));
  };
  EXPECT_EQ(accepts(range.min), !range.min_is_open) << name;
  EXPECT_EQ(accepts(range.max), !range.max_is_open) << name;
  EXPECT_TRUE(accepts(above(range.min))) << name;
  EXPECT_TRUE(accepts(below(range.max))) << name;
  EXPECT_FALSE(accepts(below(range.min))) << name;
  EXPECT_FALSE(accepts(above(range.max))) << name;
}

TEST(Validate, AcceptsTheEndsOfEveryRangeAndRefusesWhatLiesJustOutside) {
  constexpr Index kOne = 1;
  expect_range("num_components", kComponentsRange, kOne,
               [](auto& o, Index x) { o.factorize.num_components = x; });
  expect_range("template_frames", kTemplateFramesRange, kOne,
               [](auto& o, Index x) { o.factorize.template_frames = x; });
  expect_range("max_iterations", kMaxIterationsRange, kOne,
               [](auto& o, Index x) { o.factorize.max_iterations = x; });
  expect_range("beta", kBetaRange, 0.0, [](auto& o, double x) { o.factorize.beta = x; });
  expect_range("tolerance", kToleranceRange, 0.0,
               [](auto& o, double x) { o.factorize.tolerance = x; });
  expect_range("l1_w", kPenaltyRange, 0.0,
               [](auto& o, double x) { o.factorize.penalties.l1_w = x; });
  expect_range("l2_h", kPenaltyRange, 0.0,
               [](auto& o, double x) { o.factorize.penalties.l2_h = x; });
  expect_range("mask_exponent", kMaskExponentRange, 0.0,
               [](auto& o, double x) { o.separate.mask_exponent = x; });
  expect_range("power", kPowerRange, kOne, [](auto& o, Index x) { o.power = static_cast<int>(x); });
  expect_range("num_parts", kPartsRange, kOne, [](auto& o, Index x) { o.parts.num_parts = x; });
  expect_range("num_components of parts", kGatheredComponentsRange, kOne, [](auto& o, Index x) {
    o.parts.num_parts = 1;
    o.factorize.num_components = x;
  });
}

TEST(Validate, FrameSizesAreAcceptedToTheEndsOfTheirRangeAndNoFurther) {
  const auto accepts = [](Index n_fft) {
    try {
      validate(StftOptions{n_fft, 1});
      return true;
    } catch (const Error&) {
      return false;
    }
  };
  EXPECT_TRUE(accepts(kFftSizeRange.min) && accepts(kFftSizeRange.max));
  EXPECT_FALSE(accepts(kFftSizeRange.min - 1) || accepts(kFftSizeRange.max + 1));
}

}  // namespace
}  // namespace partwise
