// The sound in the page: that it adds up, fits its size, and says what was given up.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <partwise/outputs.hpp>
#include <random>
#include <string>
#include <support/temporary_folder.hpp>
#include <vector>

namespace partwise {
namespace {

using nlohmann::json;

/// Noise on the grid of 16 bits.
Signal noise(Index samples, Index channels, double rate_hz, double level = 0.25) {
  std::mt19937 engine(7);
  std::uniform_real_distribution<double> uniform(-level, level);
  Signal signal{Matrix<float>(samples, channels), rate_hz};
  for (Index c = 0; c < channels; ++c) {
    for (float& x : signal.samples.view().column_span(c))
      x = static_cast<float>(std::nearbyint(uniform(engine) * 32768) / 32768);
  }
  return signal;
}

/// The samples as they were handed over, interleaved floats after the rate and the bits.
SegmentCodec recorder(const std::string& name) {
  SegmentCodec codec;
  codec.name = name;
  codec.media_type = "x/" + name;
  codec.most_rate_hz = 1e6;
  codec.encode = [](MatrixView<const float> samples, double rate_hz, double bits) {
    std::vector<float> all = {static_cast<float>(rate_hz), static_cast<float>(bits)};
    for (Index i = 0; i < samples.rows; ++i) {
      for (Index c = 0; c < samples.cols; ++c) all.push_back(samples.column(c)[i]);
    }
    const auto bytes = std::as_bytes(std::span(all));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  };
  return codec;
}

std::vector<float> decoded(const json& base64) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : base64.get<std::string>()) {
    const auto at = alphabet.find(c);
    if (at == std::string::npos) break;
    bits = bits << 6 | static_cast<unsigned>(at);
    count += 6;
    if (count >= 8) bytes += static_cast<char>(bits >> (count -= 8) & 255U);
  }
  std::vector<float> out(bytes.size() / sizeof(float));
  std::memcpy(out.data(), bytes.data(), out.size() * sizeof(float));
  return out;
}

/// audio of the model in the page of a run.
json audio_of(const Signal& signal, RunOptions options, const ReportCodecs& codecs) {
  const test::TemporaryFolder folder;
  Reducer reducer(2);
  const RunControl control;
  options.analysis.factorize.num_components = 3;
  options.analysis.factorize.max_iterations = 5;
  const Analysis analysis = analyse(signal, options.analysis, nullptr, reducer, control);
  InputFacts input;
  input.name = "in.wav";
  input.analysed_differs = true;
  const Container container = wav_container();
  (void)write_run(folder / "out", {signal, analysis, input, options, container, {}, codecs},
                  reducer, control);
  std::ifstream file(folder / "out/report.html");
  const std::string page{std::istreambuf_iterator<char>(file), {}};
  const std::string begin = "id=\"model\">";
  const auto from = page.find(begin) + begin.size();
  return json::parse(page.substr(from, page.find("</script>", from) - from))["audio"];
}

/// All samples of a track, without what was handed over before each stretch.
std::vector<float> samples_of(const json& track) {
  std::vector<float> all;
  for (const auto& segment : track["segments"]) {
    const auto some = decoded(segment);
    all.insert(all.end(), some.begin() + 2, some.end());
  }
  return all;
}

TEST(ReportAudio, PartsOnAGridAddUpToTheRecordingToTheBit) {
  SegmentCodec flac = recorder("flac");
  flac.lossless = flac.on_grid = true;
  for (const Index channels : {1, 2}) {
    const Signal signal = noise(30000, channels, 8000);
    const auto audio = audio_of(signal, {}, {{flac}, nullptr, nullptr});
    EXPECT_EQ(audio["codec"], "flac");
    EXPECT_EQ(audio["samples"], 30000);
    EXPECT_EQ(audio["scale"], 1);
    EXPECT_EQ(audio["note"], "");
    ASSERT_EQ(audio["tracks"].size(), 6U);
    const auto input = samples_of(audio["tracks"][0]);
    std::vector<float> sum(input.size());
    for (std::size_t k = 1; k <= 3; ++k) {
      const auto part = samples_of(audio["tracks"][k]);
      ASSERT_EQ(part.size(), input.size());
      for (std::size_t i = 0; i < part.size(); ++i) sum[i] += part[i];
    }
    EXPECT_EQ(sum, input);
    for (Index i = 0; i < 30000; ++i) ASSERT_EQ(input[i * channels], signal.samples(i, 0));
    EXPECT_EQ(audio["tracks"][4]["file_name"], "mix.wav");
    EXPECT_TRUE(audio["tracks"][5]["segments"].is_null());
  }
}

TEST(ReportAudio, WithoutCodecsItIsWavAndWavIsWhatWasWritten) {
  const auto audio = audio_of(noise(4000, 1, 8000), {}, {});
  EXPECT_EQ(audio["codec"], "wav");
  EXPECT_EQ(audio["lossless"], true);
  EXPECT_FALSE(audio["tracks"][1]["segments"].is_null());
}

TEST(ReportAudio, BeyondTheSizeItIsLoweredAndSaysSo) {
  SegmentCodec flac = recorder("flac"), opus = recorder("opus");
  flac.lossless = flac.on_grid = true;
  opus.least_bits = 1000;
  opus.most_bits = 96000;
  opus.encode = [](MatrixView<const float> samples, double rate_hz, double bits) {
    return std::vector<std::byte>(
        static_cast<std::size_t>(bits / 8 * static_cast<double>(samples.rows) / rate_hz));
  };
  RunOptions options;
  options.report_size_mb = 2;
  const auto audio = audio_of(noise(400000, 1, 8000), options, {{flac, opus}, nullptr, nullptr});
  EXPECT_EQ(audio["codec"], "opus");
  EXPECT_EQ(audio["lossless"], false);
  const auto note = audio["note"].get<std::string>();
  EXPECT_NE(note.find("Opus at about 19 kbit/s"), std::string::npos) << note;
  std::size_t bytes = 0;
  for (const auto& track : audio["tracks"]) {
    for (const auto& segment : track["segments"]) bytes += segment.get<std::string>().size();
  }
  EXPECT_LE(bytes, audio["budget_bytes"].get<std::size_t>());
  EXPECT_GE(bytes, audio["budget_bytes"].get<std::size_t>() * 8 / 10);
}

TEST(ReportAudio, SegmentsThatHadPassedByWhenLosslessGrewTooLargeAreAsTheOthers) {
  SegmentCodec flac = recorder("flac"), opus = recorder("opus");
  flac.lossless = flac.on_grid = true;
  opus.least_bits = 1000;
  opus.most_bits = 96000;
  opus.lead_seconds = 0.1;
  const auto encode_all = opus.encode;
  opus.encode = [encode_all](MatrixView<const float> samples, double rate_hz, double bits) {
    Matrix<float> some(samples.rows / 40, samples.cols);
    for (Index i = 0; i < some.rows(); ++i) some(i, 0) = samples(40 * i, 0);
    return encode_all(some, rate_hz, bits);
  };
  const ReportCodecs codecs{{flac, opus}, nullptr, nullptr};
  const Signal signal = noise(400000, 1, 8000);
  for (const double megabytes : {2, 5}) {  // the recording alone is too large, or the parts are
    RunOptions options;
    options.report_size_mb = megabytes;
    const auto lowered = audio_of(signal, options, codecs);
    options.report_audio = ReportAudioCodec::opus;
    const auto asked = audio_of(signal, options, codecs);
    EXPECT_EQ(lowered["codec"], "opus");
    EXPECT_NE(lowered["note"], "");
    EXPECT_EQ(asked["note"], "");
    EXPECT_EQ(lowered["tracks"].size(), 6U);
    EXPECT_TRUE(lowered["tracks"] == asked["tracks"]) << megabytes << " MB";
  }
}

TEST(ReportAudio, WhereNothingFitsTracksAreLinksAndTheNoteSaysHowMuchItWouldBe) {
  RunOptions options;
  options.report_size_mb = 1;
  options.report_audio = ReportAudioCodec::wav;
  const auto audio = audio_of(noise(400000, 1, 8000), options, {});
  EXPECT_EQ(audio["codec"], "none");
  const auto note = audio["note"].get<std::string>();
  EXPECT_NE(note.find("The sound would take 8.6 MB, and the size limit of this page "
                      "leaves 0 MB for it"),
            std::string::npos)
      << note;
  ASSERT_EQ(audio["tracks"].size(), 6U);
  for (const auto& track : audio["tracks"]) {
    EXPECT_TRUE(track["segments"].is_null());
    EXPECT_FALSE(track["file_name"].is_null());
  }
}

TEST(ReportAudio, HowMuchItWouldBeIsJudgedByTheLengthThatHasPassedBy) {
  RunOptions options;
  options.report_size_mb = 6;  // holds the recording and some of the parts' first 10 of 12.5 s
  options.report_audio = ReportAudioCodec::wav;
  const auto audio = audio_of(noise(550000, 1, 44000), options, {});
  const auto note = audio["note"].get<std::string>();
  EXPECT_NE(note.find("The sound would take 11.8 MB,"), std::string::npos) << note;
}

TEST(ReportAudio, WithoutCodecsWhatDoesNotFitAsFloatsIsRoundedTo16BitsAndTold) {
  RunOptions options;
  options.report_size_mb = 1;
  const auto audio = audio_of(noise(40000, 1, 8000), options, {});
  EXPECT_EQ(audio["codec"], "wav");
  EXPECT_EQ(audio["lossless"], false);
  EXPECT_NE(audio["note"].get<std::string>().find("rounded to 16 bits"), std::string::npos);
  EXPECT_FALSE(audio["tracks"][0]["segments"].is_null());
}

TEST(ReportAudio, NoneIsNoneWithoutANote) {
  RunOptions options;
  options.report_audio = ReportAudioCodec::none;
  const auto audio = audio_of(noise(4000, 1, 8000), options, {});
  EXPECT_EQ(audio["codec"], "none");
  EXPECT_EQ(audio["note"], "");
}

TEST(ReportAudio, ACodecThatIsNotInTheBuildIsAnError) {
  RunOptions options;
  options.report_audio = ReportAudioCodec::opus;
  try {
    (void)audio_of(noise(4000, 1, 8000), options, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_STREQ(error.what(),
                 "report_audio = opus, expected wav or none: this build has no codecs");
  }
}

TEST(ReportAudio, LoudPartsAreScaledByAPowerOfTwoThatThePageUndoes) {
  SegmentCodec flac = recorder("flac");
  flac.lossless = flac.on_grid = true;
  Signal signal = noise(8000, 1, 8000, 0.99);
  for (float& x : signal.samples.view().column_span(0)) x *= 2.5F;
  const auto audio = audio_of(signal, {}, {{flac}, nullptr, nullptr});
  EXPECT_EQ(audio["scale"], 4);
  const auto input = samples_of(audio["tracks"][0]);
  for (Index i = 0; i < 8000; ++i) ASSERT_NEAR(4 * input[i], signal.samples(i, 0), 4.0 / 65535);
}

TEST(ReportAudio, MoreThanTwoChannelsAreTheirMean) {
  const Signal signal = noise(4000, 5, 8000);
  const auto audio = audio_of(signal, {}, {});
  EXPECT_EQ(audio["channels"], 1);
  EXPECT_EQ(audio["note"], "The sound in this page is the mean of the recording's 5 channels.");
}

/// Every second sample twice: enough to see which samples a stretch is made of.
Signal doubled(const Signal& signal, double rate_hz) {
  Signal out{Matrix<float>(2 * signal.num_samples(), signal.num_channels()), rate_hz};
  for (Index c = 0; c < signal.num_channels(); ++c) {
    for (Index i = 0; i < out.num_samples(); ++i)
      out.samples.column(c)[i] = signal.samples.column(c)[i / 2];
  }
  return out;
}

TEST(ReportAudio, StretchesOfAnotherRateBeginWhereTheyShouldAndHaveTheirLeads) {
  SegmentCodec opus = recorder("opus");
  opus.rates_hz = {48000};
  opus.most_bits = 96000;
  opus.lead_seconds = 0.1;
  RunOptions options;
  options.report_audio = ReportAudioCodec::opus;
  options.report_size_mb = 200;
  const Index samples = 24000 * 25 + 77;
  const Signal signal = noise(samples, 1, 24000);
  const auto audio = audio_of(signal, options, {{opus}, doubled, nullptr});
  ASSERT_EQ(audio["codec"], "opus");
  EXPECT_EQ(audio["rate"], 48000);
  EXPECT_EQ(audio["samples"], 2 * samples);
  EXPECT_EQ(audio["lead_samples"], 4800);
  const auto segment = audio["segment_samples"].get<Index>();
  const auto& segments = audio["tracks"][0]["segments"];
  ASSERT_EQ(static_cast<Index>(segments.size()), (2 * samples + segment - 1) / segment);
  for (Index i = 0; i < static_cast<Index>(segments.size()); ++i) {
    const auto values = decoded(segments[i]);
    const Index begin = std::max<Index>(0, i * segment - 4800);
    const Index end = std::min(2 * samples, (i + 1) * segment + 4800);
    ASSERT_EQ(static_cast<Index>(values.size()) - 2, end - begin) << "stretch " << i;
    for (Index n = begin; n < end; n += 997)
      ASSERT_EQ(values[2 + n - begin], signal.samples(n / 2, 0))
          << "stretch " << i << ", sample " << n;
  }
}

}  // namespace
}  // namespace partwise
