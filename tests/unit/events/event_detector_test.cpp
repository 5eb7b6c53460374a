// Events of sounds whose times are known, because they are made here.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <partwise/decompose.hpp>
#include <partwise/events.hpp>
#include <partwise/stft.hpp>
#include <support/expect_error.hpp>
#include <support/signals.hpp>

namespace partwise {
namespace {

constexpr double kRateHz = 22050;

Index sample_at(double seconds) { return static_cast<Index>(std::lround(seconds * kRateHz)); }

Signal silence(double seconds, Index channels = 1) {
  return {Matrix<float>(sample_at(seconds), channels), kRateHz};
}

/// Noise that falls by 60 dB in 0.15 s.
void add_hit(Signal& signal, double seconds, float amplitude) {
  const std::vector<float> noise = test::noise(sample_at(0.15), 7);
  for (std::size_t i = 0; i < noise.size(); ++i) {
    const Index n = sample_at(seconds) + static_cast<Index>(i);
    if (n >= signal.num_samples()) return;
    const double decay =
        std::pow(1000.0, -static_cast<double>(i) / static_cast<double>(noise.size()));
    for (Index c = 0; c < signal.num_channels(); ++c) {
      signal.samples(n, c) += amplitude * noise[i] * static_cast<float>(decay);
    }
  }
}

/// Eight harmonics that swell in 10 ms and end after `length_s`.
void add_note(Signal& signal, double seconds, double length_s, double hz, double amplitude) {
  for (Index n = sample_at(seconds); n < sample_at(seconds + length_s); ++n) {
    const double t = static_cast<double>(n) / kRateHz - seconds;
    const double gain = amplitude * std::min({1.0, t / 0.01, (length_s - t) / 0.01});
    for (int harmonic = 1; harmonic <= 8; ++harmonic) {
      signal.samples(n, 0) +=
          static_cast<float>(gain / harmonic * std::sin(2 * std::numbers::pi * hz * harmonic * t));
    }
  }
}

/// One part that is the whole sound: its template the mean spectrum, its activation the level.
struct OnePart {
  Matrix<float> w, h;
  StftOptions stft;
};

OnePart one_part(const Signal& signal) {
  OnePart out;
  out.stft = default_stft_options(signal.sample_rate_hz);
  Reducer reducer;
  const Matrix<float> v = magnitude_spectrogram<float>(signal, out.stft, 1, reducer, RunControl());
  out.w = Matrix<float>(v.rows(), 1);
  out.h = Matrix<float>(1, v.cols());
  for (Index t = 0; t < v.cols(); ++t) {
    for (Index f = 0; f < v.rows(); ++f) {
      out.w(f, 0) += v(f, t);
      out.h(0, t) += v(f, t);
    }
  }
  return out;
}

EventModel model_of(const OnePart& part) {
  return {part.w,
          part.h,
          {{0}},
          kRateHz / static_cast<double>(part.stft.n_fft),
          static_cast<double>(part.stft.hop_length) / kRateHz,
          1};
}

PartEvents events_of(const Signal& signal, Index block = 1 << 20, int threads = 1) {
  Reducer reducer(threads);
  const OnePart part = one_part(signal);
  EventDetector detector(1, signal.num_channels(), signal.num_samples(), signal.sample_rate_hz);
  for (Index first = 0; first < signal.num_samples(); first += block) {
    const Index count = std::min(block, signal.num_samples() - first);
    const MatrixView<const float> view{signal.samples.data() + first, count, signal.num_channels(),
                                       signal.samples.stride()};
    detector.add({&view, 1}, reducer);
  }
  return detector.finish(model_of(part), reducer).front();
}

void expect_onsets(const PartEvents& found, const std::vector<double>& times, double tolerance_s) {
  ASSERT_EQ(found.events.size(), times.size());
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(found.events[i].onset_s, times[i], tolerance_s) << "event " << i;
    EXPECT_GT(found.events[i].offset_s, found.events[i].onset_s);
  }
}

TEST(EventDetector, HitsAreFoundWithinFourMilliseconds) {
  Signal signal = silence(4);
  const std::vector<double> times = {0.21, 0.5, 0.73, 1.1, 1.482, 1.9, 2.5, 2.61, 3.3};
  for (const double t : times) add_hit(signal, t, 0.6F);
  const PartEvents found = events_of(signal);
  EXPECT_EQ(found.kind, PartKind::drums);
  expect_onsets(found, times, 0.004);
  for (const Event& event : found.events) {
    EXPECT_TRUE(std::isnan(event.pitch));
    EXPECT_GE(event.key, 35);
    EXPECT_LE(event.key, 81);
  }
}

TEST(EventDetector, AHitAtTheVeryStartIsFound) {
  Signal signal = silence(1);
  add_hit(signal, 0, 0.6F);
  expect_onsets(events_of(signal), {0}, 0.004);
}

TEST(EventDetector, OneHitIsOneEvent) {
  Signal signal = silence(3);
  add_hit(signal, 1.5, 0.6F);
  const PartEvents found = events_of(signal);
  expect_onsets(found, {1.5}, 0.004);
  EXPECT_EQ(found.events[0].strength, 1);
}

TEST(EventDetector, StrengthIsTheAmplitudeOverTheStrongest) {
  Signal signal = silence(3);
  for (int i = 0; i < 10; ++i) add_hit(signal, 0.2 + 0.25 * i, i % 2 == 0 ? 0.8F : 0.4F);
  const PartEvents found = events_of(signal);
  ASSERT_EQ(found.events.size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_NEAR(found.events[i].strength, i % 2 == 0 ? 1 : 0.5, 0.1) << i;
  }
}

TEST(EventDetector, NotesHaveTheirPitchAndTheirEnds) {
  Signal signal = silence(4);
  const std::vector<double> times = {0.3, 1.0, 1.7, 2.4, 3.1};
  for (const double t : times) add_note(signal, t, 0.5, 220, 0.2);
  const PartEvents found = events_of(signal);
  EXPECT_EQ(found.kind, PartKind::tones);
  expect_onsets(found, times, 0.01);
  for (const Event& event : found.events) {
    EXPECT_NEAR(event.pitch, 57, 0.05);
    EXPECT_NEAR(event.frequency_hz, 220, 0.6);
    EXPECT_EQ(event.key, 57);
    EXPECT_NEAR(event.offset_s - event.onset_s, 0.5, 0.04);
  }
}

TEST(EventDetector, SilenceHasNoEvents) {
  const PartEvents found = events_of(silence(1));
  EXPECT_EQ(found.kind, PartKind::silent);
  EXPECT_TRUE(found.events.empty());
}

TEST(EventDetector, SteadyNoiseHasHardlyAnEvent) {
  Signal signal = silence(10);
  const std::vector<float> noise = test::noise(signal.num_samples(), 3);
  std::copy(noise.begin(), noise.end(), signal.samples.column(0));
  EXPECT_LE(events_of(signal).events.size(), 2U);  // its beginning may count
}

TEST(EventDetector, TheShortestSoundsWork) {
  for (const Index samples : {1, 2, 63, 1102}) {
    Signal signal{Matrix<float>(samples, 1), kRateHz};
    signal.samples(0, 0) = 1;
    EXPECT_LE(events_of(signal).events.size(), 1U) << samples;
  }
}

TEST(EventDetector, OppositeChannelsDoNotCancel) {
  Signal signal = silence(2, 2);
  for (const double t : {0.4, 0.9, 1.4}) add_hit(signal, t, 0.6F);
  for (Index n = 0; n < signal.num_samples(); ++n) signal.samples(n, 1) *= -1;
  expect_onsets(events_of(signal), {0.4, 0.9, 1.4}, 0.004);
}

bool same_bits(const PartEvents& a, const PartEvents& b) {
  return a.kind == b.kind && a.events.size() == b.events.size() &&
         std::equal(a.events.begin(), a.events.end(), b.events.begin(),
                    [](const Event& x, const Event& y) {
                      return x.onset_s == y.onset_s && x.offset_s == y.offset_s &&
                             x.strength == y.strength && x.key == y.key;
                    });
}

TEST(EventDetector, StretchesAndThreadsDoNotChangeABit) {
  Signal signal = silence(3);
  for (int i = 0; i < 12; ++i)
    add_hit(signal, 0.1 + 0.23 * i, 0.3F + 0.05F * static_cast<float>(i % 5));
  const PartEvents whole = events_of(signal);
  ASSERT_FALSE(whole.events.empty());
  for (const Index block : {1000, 4096, 30001})
    EXPECT_TRUE(same_bits(whole, events_of(signal, block)));
  EXPECT_TRUE(same_bits(whole, events_of(signal, 4096, 3)));
}

TEST(EventDetector, ALouderSoundHasTheSameEvents) {
  Signal quiet = silence(2);
  for (const double t : {0.3, 0.8, 1.3}) add_hit(quiet, t, 0.5F);
  Signal loud = quiet;
  for (Index n = 0; n < loud.num_samples(); ++n) loud.samples(n, 0) *= 0x1p60F;
  const PartEvents a = events_of(quiet), b = events_of(loud);
  ASSERT_EQ(a.events.size(), 3U);
  ASSERT_EQ(b.events.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(a.events[i].onset_s, b.events[i].onset_s);
}

TEST(EventDetector, DrumsOfAKitHaveKeysOfTheirOwn) {
  Signal signal = silence(2);
  for (const double t : {0.3, 0.8, 1.3}) add_hit(signal, t, 0.5F);
  const OnePart part = one_part(signal);
  Matrix<float> w(part.w.rows(), 3), h(3, part.h.cols());
  for (Index k = 0; k < 3; ++k) {
    for (Index f = 0; f < w.rows(); ++f) w(f, k) = part.w(f, 0);
    for (Index t = 0; t < h.cols(); ++t) h(k, t) = part.h(0, t);
  }
  EventModel model = model_of(part);
  model.w = w;
  model.h = h;
  model.groups = {{0}, {1}, {2}};
  Reducer reducer;
  EventDetector detector(3, 1, signal.num_samples(), kRateHz);
  const std::vector<MatrixView<const float>> views(3, signal.samples.view());
  detector.add(views, reducer);
  const auto found = detector.finish(model, reducer);
  EXPECT_NE(found[0].drum_key, found[1].drum_key);
  EXPECT_NE(found[1].drum_key, found[2].drum_key);
  EXPECT_NE(found[0].drum_key, found[2].drum_key);
}

TEST(EventDetector, APartFarBelowTheLoudestIsSilent) {
  Signal signal = silence(2), faint = silence(2);
  for (const double t : {0.3, 0.8, 1.3}) {
    add_hit(signal, t, 0.5F);
    add_hit(faint, t, 0.5e-4F);
  }
  const OnePart part = one_part(signal);
  EventModel model = model_of(part);
  model.groups = {{0}, {0}};
  Reducer reducer;
  EventDetector detector(2, 1, signal.num_samples(), kRateHz);
  const std::vector<MatrixView<const float>> views = {signal.samples.view(), faint.samples.view()};
  detector.add(views, reducer);
  const auto found = detector.finish(model, reducer);
  EXPECT_EQ(found[0].events.size(), 3U);
  EXPECT_EQ(found[1].kind, PartKind::silent);
  EXPECT_TRUE(found[1].events.empty());
}

TEST(EventDetector, WhatDoesNotFitIsRefused) {
  const auto refuses = [](auto call, const char* words) {
    return test::throws_error(call, ErrorCode::usage, words);
  };
  EXPECT_TRUE(refuses([] { EventDetector(0, 1, 1, kRateHz); }, "num_parts = 0"));
  EXPECT_TRUE(refuses([] { EventDetector(1, 0, 1, kRateHz); }, "num_channels = 0"));
  EXPECT_TRUE(refuses([] { EventDetector(1, 1, 0, kRateHz); }, "num_samples = 0"));
  EXPECT_TRUE(refuses([] { EventDetector(1, 1, 1, 10); }, "sample_rate_hz = 10"));
  Reducer reducer;
  EventDetector detector(2, 1, 100, kRateHz);
  EXPECT_TRUE(refuses([&] { detector.add({}, reducer); }, "parts = 0, expected 2"));
  const Matrix<float> w(9, 2), h(2, 4), other(3, 4);
  const auto refuses_model = [&](const EventModel& model, const char* words) {
    return refuses([&] { (void)detector.finish(model, reducer); }, words);
  };
  EXPECT_TRUE(refuses_model({w, other, {{0}, {1}}, 1, 1, 1}, "rows of h = 3, expected 2"));
  EXPECT_TRUE(refuses_model({w, h, {{0}}, 1, 1, 1}, "groups = 1, expected 2"));
  EXPECT_TRUE(refuses_model({w, h, {{0}, {}}, 1, 1, 1}, "groups = an empty one"));
  EXPECT_TRUE(refuses_model({w, h, {{0}, {2}}, 1, 1, 1}, "groups = component 2, expected 0..1"));
  EXPECT_TRUE(refuses_model({w, h, {{0}, {1}}, 0, 1, 1}, "bin_hz = 0"));
}

TEST(FundamentalHz, IsWithinFiveCentsFromE1ToC7) {
  const double bin_hz = kRateHz / 2048;
  for (const double hz : {41.2, 65.41, 110.0, 261.63, 440.0, 987.77, 2093.0}) {
    std::vector<float> spectrum(1025);
    for (int h = 1; h <= 12; ++h) {
      for (int f = 0; f < 1025; ++f) {  // a Hann window's main lobe, four bins wide
        const double x = f - h * hz / bin_hz;
        if (std::abs(x) < 2) {
          spectrum[f] += static_cast<float>(std::pow(std::cos(std::numbers::pi * x / 4), 2) / h);
        }
      }
    }
    EXPECT_NEAR(12 * std::log2(fundamental_hz(spectrum, bin_hz) / hz), 0, 0.05) << hz;
  }
  EXPECT_TRUE(std::isnan(fundamental_hz(std::vector<float>(1025), bin_hz)));
  EXPECT_TRUE(std::isnan(fundamental_hz({}, bin_hz)));
}

}  // namespace
}  // namespace partwise
