#include <gtest/gtest.h>

#include <cmath>
#include <partwise/parts.hpp>
#include <set>

namespace partwise {
namespace {

constexpr double kBinHz = 10;
constexpr Index kBins = 1025, kFrames = 100;

/// One component: a spectrum and a track.
struct Component {
  std::vector<std::pair<double, double>> peaks;  // Hz and amplitude
  double noise_from_hz = 0, noise_to_hz = 0;
  double decay_frames = 1000;  // from strokes 25 frames apart; long: a steady sound
};

std::vector<std::string> names_of(const std::vector<Component>& components,
                                  const PartGroups& groups) {
  const auto count = static_cast<Index>(components.size());
  Matrix<float> w(kBins, count), h(count, kFrames);
  for (Index k = 0; k < count; ++k) {
    for (Index f = 0; f < kBins; ++f) {
      const double hz = static_cast<double>(f) * kBinHz;
      double x = 0;
      for (const auto& [peak, amplitude] : components[k].peaks) {
        x += amplitude * std::exp(-0.5 * std::pow((hz - peak) / kBinHz, 2));
      }
      if (hz > components[k].noise_from_hz && hz < components[k].noise_to_hz) {
        x += 0.1 + 0.01 * static_cast<double>(f % 7);
      }
      w(f, k) = static_cast<float>(x);
    }
    for (Index t = 0; t < kFrames; ++t) {
      h(k, t) = static_cast<float>(
          std::exp(-static_cast<double>((t + 20) % 25) / components[k].decay_frames));
    }
  }
  return name_parts(w, h, groups, kBinHz);
}

std::string name_of(const Component& component) { return names_of({component}, {{0}}).front(); }

TEST(NameParts, DrumsAreNamedByWhereTheirPowerIs) {
  EXPECT_EQ(name_of({{{62, 1}}, 0, 0, 3}), "low drum 62 Hz");
  EXPECT_EQ(name_of({{{210, 1}}, 0, 0, 3}), "drum 210 Hz");
  EXPECT_EQ(name_of({{{1250, 1}}, 0, 0, 3}), "high drum 1.3 kHz");
  EXPECT_EQ(name_of({{}, 6000, 10000, 2}), "bright hit");
  EXPECT_EQ(name_of({{{60, 1.5}}, 60, 4000, 2}), "wide hit");
}

TEST(NameParts, TonesAreNamedByTheirPitchWhichNeedNotBeTheirStrongestPeak) {
  EXPECT_EQ(name_of({{{220, 1}, {440, 0.5}, {660, 0.3}}}), "A3 tone");
  EXPECT_EQ(name_of({{{220, 0.4}, {440, 1}, {660, 0.3}}}), "A3 tone");
  EXPECT_EQ(name_of({{{466, 1}}}), "As4 tone");
  EXPECT_EQ(name_of({{{220, 1}, {277, 0.9}, {330, 0.9}, {415, 0.8}}}), "A3 and other tones");
}

TEST(NameParts, NoiseIsNamedByItsColour) {
  EXPECT_EQ(name_of({{}, 6000, 10000}), "bright noise");
  EXPECT_EQ(name_of({{}, 10, 5000}), "wide noise");
  EXPECT_EQ(name_of({{}, 400, 2000}), "middle noise");
}

TEST(NameParts, ALongComponentDoesNotHideTheStrokesOfAShortOne) {
  const Component kick{{{62, 1}}, 0, 0, 3}, ring{{{70, 0.2}}, 0, 0, 12};
  EXPECT_EQ(names_of({kick, ring}, {{0, 1}}).front().substr(0, 8), "low drum");
}

TEST(NameParts, NoTwoAreAlikeAndSilenceIsSilence) {
  const Component tone{{{220, 1}}}, silent{};
  EXPECT_EQ(names_of({tone, tone, silent, silent}, {{0}, {1}, {2}, {3}}),
            (std::vector<std::string>{"A3 tone", "A3 tone no 2", "silence", "silence no 2"}));
}

}  // namespace
}  // namespace partwise
