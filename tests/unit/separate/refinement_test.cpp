// Masks with a second, convolutive model of every part.
#include <gtest/gtest.h>

#include <cmath>
#include <partwise/error.hpp>
#include <partwise/separate.hpp>
#include <support/compare.hpp>
#include <support/signals.hpp>
#include <vector>

namespace partwise {
namespace {

constexpr StftOptions kStft{64, 16};
constexpr Index kSamples = 3000, kComponents = 4, kParts = 2, kTemplateFrames = 3;

struct Model {
  Signal mixture = test::noise_signal(kSamples, 2, 3);
  Index frames = num_frames(kSamples, kStft);
  Matrix<float> w = test::nonnegative_matrix(num_bins(kStft), kComponents, 1);
  Matrix<float> h = test::nonnegative_matrix(kComponents, frames, 2);
  PartRefinement refinement{{test::nonnegative_matrix(num_bins(kStft), kParts* kTemplateFrames, 5),
                             test::nonnegative_matrix(kParts, frames, 6)},
                            {0, 1, 1, 0}};

  /// W_i H_i P_g
  [[nodiscard]] double weighted(Index f, Index t, Index i) const {
    const Index part = refinement.part_of[i];
    double second = 0;
    for (Index l = 0; l < kTemplateFrames && l <= t; ++l) {
      second += static_cast<double>(refinement.factors.w(f, part + l * kParts)) *
                refinement.factors.h(part, t - l);
    }
    return static_cast<double>(w(f, i)) * h(i, t) * second;
  }
};

std::vector<Matrix<float>> run(const Model& model, const SeparateOptions& options) {
  Reducer reducer(2);
  const RunControl control;
  std::vector<Matrix<float>> parts;
  CallbackSink sink([&](const PartsBlock& block) {
    if (parts.empty())
      parts.assign(block.parts.size(), Matrix<float>(kSamples, model.mixture.num_channels()));
    for (std::size_t k = 0; k < parts.size(); ++k) {
      for (Index c = 0; c < parts[k].cols(); ++c) {
        for (Index i = 0; i < block.count; ++i)
          parts[k](block.first_sample + i, c) = block.parts[k](i, c);
      }
    }
  });
  separate<float>(model.mixture, {model.w, model.h, kStft, options, &model.refinement}, sink,
                  reducer, control);
  return parts;
}

Matrix<float> by_the_formula(const Model& model, const std::vector<Index>& members) {
  Matrix<float> part(kSamples, model.mixture.num_channels());
  for (Index c = 0; c < part.cols(); ++c) {
    auto spectra = stft<double>(model.mixture.samples.view().column_span(c), kStft);
    for (Index t = 0; t < spectra.cols(); ++t) {
      for (Index f = 0; f < spectra.rows(); ++f) {
        double all = 0, of_members = 0;
        for (Index i = 0; i < kComponents; ++i) all += model.weighted(f, t, i);
        for (const Index i : members) of_members += model.weighted(f, t, i);
        spectra(f, t) *= static_cast<float>(of_members / all);
      }
    }
    const auto samples = istft<double>(spectra, kStft, kSamples);
    std::copy(samples.begin(), samples.end(), part.column(c));
  }
  return part;
}

void expect_same_sound(const Matrix<float>& a, const Matrix<float>& b) {
  for (Index c = 0; c < b.cols(); ++c)
    EXPECT_LE(test::difference_db(a.view().column_span(c), b.view().column_span(c)), -115);
}

TEST(Refinement, MasksByTheFormulaOfComponentsAndOfGroups) {
  const Model model;
  const auto apart = run(model, {});
  ASSERT_EQ(apart.size(), 4U);
  for (Index i = 0; i < kComponents; ++i) expect_same_sound(apart[i], by_the_formula(model, {i}));
  SeparateOptions options;
  options.groups = {{0, 3}, {1, 2}};
  const auto parts = run(model, options);
  ASSERT_EQ(parts.size(), 2U);
  expect_same_sound(parts[0], by_the_formula(model, {0, 3}));
  expect_same_sound(parts[1], by_the_formula(model, {1, 2}));
}

TEST(Refinement, PartsAddUpToTheMixture) {
  Model model;
  for (float& x : model.refinement.factors.h.view().column_span(50)) x = 0;  // and 2 frames on
  for (Index l = 0; l < 3; ++l) {
    for (float& x : model.refinement.factors.h.view().column_span(60 + l)) x = 0;
  }
  for (const float scale : {1e-30F, 1.0F, 1e30F}) {
    Model scaled = model;
    for (Index t = 0; t < scaled.frames; ++t) {
      for (float& x : scaled.h.view().column_span(t)) x *= scale;
    }
    Matrix<float> sum(kSamples, 2);
    for (const auto& part : run(scaled, {.groups = {{0, 3}, {1, 2}}})) {
      for (Index c = 0; c < 2; ++c) {
        for (Index i = 0; i < kSamples; ++i) sum(i, c) += part(i, c);
      }
    }
    expect_same_sound(sum, scaled.mixture.samples);
  }
}

std::string refusal(const Model& model, const SeparateOptions& options = {}) {
  try {
    (void)run(model, options);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Refinement, SaysWhatDoesNotFit) {
  Model model;
  EXPECT_EQ(refusal(model, {.resynthesis = Resynthesis::factors, .groups = {}}),
            "resynthesis = factors of refined parts, expected mask");
  model.refinement.part_of[2] = 2;
  EXPECT_EQ(refusal(model), "part of a component = 2, expected 0..1");
  model.refinement.part_of = {0, 1};
  EXPECT_EQ(refusal(model), "refinement's part_of = 2, expected 4 (components)");
  model = Model();
  model.refinement.factors.w = Matrix<float>(num_bins(kStft), 5);
  EXPECT_EQ(refusal(model), "refinement = 5 templates of 2 parts, expected as many of each part");
}

}  // namespace
}  // namespace partwise
