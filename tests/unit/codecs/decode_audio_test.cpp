#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <partwise/audio_file.hpp>
#include <support/compare.hpp>
#include <support/expect_error.hpp>
#include <support/made_by_sndfile.hpp>
#include <support/make_wav.hpp>
#include <support/memory_stream.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

using test::Bytes;
using test::made_by_sndfile;
using test::throws_error;
using test::tone;

DecodedAudio decode(const Bytes& bytes, const DecodeRange& range = {}) {
  test::MemorySource source(bytes, "song");
  return decode_audio(source, range, RunControl{});
}

::testing::AssertionResult is_malformed(const Bytes& bytes, const std::string& words) {
  return throws_error([&] { (void)decode(bytes); }, ErrorCode::malformed, words);
}

struct Lossless {
  const char* name;
  int format;
};
const Lossless kLossless[] = {
    {"FLAC 16 bit", SF_FORMAT_FLAC | SF_FORMAT_PCM_16},
    {"FLAC 24 bit", SF_FORMAT_FLAC | SF_FORMAT_PCM_24},
    {"AIFF 16 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_16},
    {"AIFF 24 bit", SF_FORMAT_AIFF | SF_FORMAT_PCM_24},
    {"AIFF 32 bit float", SF_FORMAT_AIFF | SF_FORMAT_FLOAT},
    {"W64 16 bit", SF_FORMAT_W64 | SF_FORMAT_PCM_16},
    {"CAF 24 bit", SF_FORMAT_CAF | SF_FORMAT_PCM_24},
    {"AU 16 bit", SF_FORMAT_AU | SF_FORMAT_PCM_16},
    {"WAV 24 bit", SF_FORMAT_WAVEX | SF_FORMAT_PCM_24},
};

TEST(DecodeAudio, LosslessFormatsComeBackToTheBit) {
  const Matrix<float> samples = tone(10007, 2);
  for (const auto& [name, format] : kLossless) {
    const DecodedAudio audio = decode(made_by_sndfile(samples, format));
    EXPECT_EQ(audio.info.format, name);
    EXPECT_TRUE(test::same_bits(audio.signal.samples, samples)) << name;
    EXPECT_TRUE(audio.info.warnings.empty()) << name << ": " << audio.info.warnings[0];
    EXPECT_TRUE(audio.info.exact_in_float) << name;
    EXPECT_EQ(audio.info.sample_rate_hz, 44100) << name;
  }
}

TEST(DecodeAudio, LossyFormatsKeepLengthAndSound) {
  const Matrix<float> samples = tone(44100, 1);
  struct Lossy {
    const char* name;
    int format;
    double most_db;
  };
  // Peak errors measured at libsndfile's default quality, with 10 dB to spare.
  for (const auto& [name, format, most_db] :
       {Lossy{"Ogg Vorbis", SF_FORMAT_OGG | SF_FORMAT_VORBIS, -20},
        Lossy{"MP3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, -10},
        Lossy{"WAV mu-law", SF_FORMAT_WAV | SF_FORMAT_ULAW, -25},
        Lossy{"WAV A-law", SF_FORMAT_WAV | SF_FORMAT_ALAW, -25}}) {
    const DecodedAudio audio = decode(made_by_sndfile(samples, format));
    EXPECT_EQ(audio.info.format, name);
    EXPECT_TRUE(audio.info.warnings.empty()) << name << ": " << audio.info.warnings[0];
    const double difference =
        test::peak_difference_db(std::span<const float>(audio.signal.samples.view().column_span(0)),
                                 std::span<const float>(samples.view().column_span(0)));
    EXPECT_LT(difference, most_db) << name;
  }
}

TEST(DecodeAudio, ARangeIsThatPartOfTheWhole) {
  const Matrix<float> samples = tone(30000, 2);
  for (const auto& [name, format] : kLossless) {
    const Bytes bytes = made_by_sndfile(samples, format);
    const DecodedAudio part = decode(bytes, {.offset_s = 0.25, .duration_s = 0.2});
    ASSERT_EQ(part.info.num_samples, 8820) << name;
    for (Index i = 0; i < 8820; ++i) {
      ASSERT_EQ(part.signal.samples(i, 1), samples(i + 11025, 1)) << name;
    }
    EXPECT_TRUE(throws_error([&] { (void)decode(bytes, {.offset_s = 1}); }, ErrorCode::usage,
                             "offset = 1 s, expected less than 0.680272 s"))
        << name;
  }
}

TEST(DecodeAudio, ATruncatedFileIsReadWithAWarningAndNothingIsPrinted) {
  const Matrix<float> samples = tone(400000, 1);
  for (const int format :
       {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16,
        SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_PCM_16,
        SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III,
        SF_FORMAT_WAV | SF_FORMAT_ULAW, SF_FORMAT_WAV | SF_FORMAT_PCM_16}) {
    SCOPED_TRACE(format);
    Bytes bytes = made_by_sndfile(samples, format);
    bytes.resize(bytes.size() * 2 / 3);
    ::testing::internal::CaptureStderr();
    const DecodedAudio audio = decode(bytes);
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
    EXPECT_GT(audio.info.num_samples, 100000);  // Vorbis loses a whole page of seconds
    EXPECT_LT(audio.info.num_samples, 300000);
    EXPECT_EQ(audio.info.warnings.size(), 1U);
  }
  // libsndfile refuses this one by itself.
  Bytes caf = made_by_sndfile(samples, SF_FORMAT_CAF | SF_FORMAT_PCM_16);
  caf.resize(caf.size() * 2 / 3);
  EXPECT_TRUE(is_malformed(caf, "cannot be decoded"));
}

TEST(DecodeAudio, DamagedOggPagesAreToldAndASecondStreamIsToo) {
  const Bytes one = made_by_sndfile(tone(200000, 1), SF_FORMAT_OGG | SF_FORMAT_VORBIS);
  Bytes damaged = one;
  damaged[damaged.size() / 2] ^= std::byte{1};
  const auto audio = decode(damaged);
  ASSERT_EQ(audio.info.warnings.size(), 1U);
  EXPECT_NE(audio.info.warnings[0].find("are damaged"), std::string::npos);
  Bytes chained = one;
  chained.insert(chained.end(), one.begin(), one.end());
  const auto two = decode(chained);
  ASSERT_GE(two.info.warnings.size(), 1U);
  EXPECT_NE(two.info.warnings[0].find("2 recordings"), std::string::npos);
}

TEST(DecodeAudio, AnOggWithoutSoundIsRefusedBeforeItIsOpened) {
  Bytes bytes = made_by_sndfile(Matrix<float>(0, 1), SF_FORMAT_OGG | SF_FORMAT_VORBIS);
  EXPECT_TRUE(is_malformed(bytes, "0 samples"));
}

TEST(DecodeAudio, FilesWithoutSoundAreRefused) {
  for (const auto& [name, format] : kLossless) {
    EXPECT_TRUE(is_malformed(made_by_sndfile(Matrix<float>(0, 1), format), "song: ")) << name;
  }
}

TEST(DecodeAudio, NonFiniteSamplesAreRefusedInEveryFormat) {
  Matrix<float> samples = tone(44100, 2);
  samples(22050, 1) = std::nanf("");
  EXPECT_TRUE(is_malformed(made_by_sndfile(samples, SF_FORMAT_AIFF | SF_FORMAT_FLOAT),
                           "1 sample is NaN or infinite, the first at 0.5 s"));
}

TEST(DecodeAudio, WhatIsNotReadIsNamedInWords) {
  EXPECT_TRUE(is_malformed({}, "song: the file is empty"));
  EXPECT_TRUE(is_malformed(test::to_bytes("<html>\n404"), "it is a text file, not sound"));
  EXPECT_TRUE(is_malformed(test::to_bytes("\x89PNG\r\n"), "begins with '\\x89PNG\\x0d\\x0a'"));
  EXPECT_TRUE(is_malformed(test::to_bytes("RIFF\xff....XXX "), "begins with 'RIFF"));
  // Formats that libsndfile knows and that are kept from it.
  for (const char* magic :
       {"2BIT\x01", "Creative Voice File\x1a", "MATLAB 5.0\xff", "\xf0\x7e\x00\x01"}) {
    EXPECT_TRUE(is_malformed(test::to_bytes(magic), "not in a format that partwise reads"))
        << magic;
  }
  EXPECT_TRUE(is_malformed(test::to_bytes("ID3\x04 and no sound behind"), "no two MPEG layer III"));
  EXPECT_TRUE(is_malformed(test::to_bytes("\xff\xfb\x90 one frame is no proof"), "no two MPEG"));
}

TEST(DecodeAudio, WhatFfmpegWouldReadIsNamedWithThatProgram) {
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", "/nonexistent", 1);
  const std::pair<std::string_view, const char*> cases[] = {
      {{"\0\0\0\x20"
        "ftypM4A ",
        12},
       "MP4, M4A or QuickTime"},
      {{"\0\0\0\x08wide\0\0\0\0mdat", 16}, "QuickTime"},
      {"\x1a\x45\xdf\xa3", "Matroska"},
      {"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA"},
      {"\xff\xf1\x50\x80", "AAC"},
      {"\xff\xf9\x50\x80", "AAC"},
      {"\xff\xfd\x50\x80", "layer II"},
      {"wvpk", "WavPack"},
      {"MAC ", "Monkey's Audio"},
      {"#!AMR\n", "AMR"},
      {"RIFF....AVI ", "AVI"}};
  for (const auto& [bytes, words] : cases) {
    EXPECT_TRUE(is_malformed(test::to_bytes(bytes), words)) << words;
    EXPECT_TRUE(is_malformed(test::to_bytes(bytes),
                             "read through the program ffmpeg; it is not installed"));
  }
  const std::string_view tagged("ID3\x04\0\0\0\0\0\0\xff\xf1\x50\x80", 14);
  EXPECT_TRUE(is_malformed(test::to_bytes(tagged), "it is an AAC file"));
  // The mark of UTF-16 text looks like a frame's beginning.
  EXPECT_TRUE(is_malformed(test::to_bytes("\xff\xfeh\0i\0"), "no two MPEG layer III"));
  ::setenv("PATH", path.c_str(), 1);
}

TEST(DecodeAudio, HeadersAreCheckedBeforeTheCodecSeesThem) {
  const auto changed = [](int format, std::size_t at, Bytes with) {
    Bytes bytes = made_by_sndfile(tone(1000, 1), format);
    std::copy(with.begin(), with.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    return bytes;
  };
  const auto be = [](std::uint64_t value, int count) {
    Bytes out;
    test::put_number(out, value, count, true);
    return out;
  };
  const int au = SF_FORMAT_AU | SF_FORMAT_PCM_16, caf = SF_FORMAT_CAF | SF_FORMAT_PCM_16;
  const int aiff = SF_FORMAT_AIFF | SF_FORMAT_PCM_16, w64 = SF_FORMAT_W64 | SF_FORMAT_PCM_16;
  const int flac = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
  EXPECT_TRUE(is_malformed(changed(au, 12, be(23, 4)), "AU encoding 23"));
  EXPECT_TRUE(is_malformed(changed(au, 20, be(0, 4)), "channels = 0"));
  EXPECT_TRUE(is_malformed(changed(au, 16, be(2000000000, 4)), "sample rate = 2000000000 Hz"));
  EXPECT_TRUE(is_malformed(changed(caf, 28, test::to_bytes("ima4")), "CAF format 'ima4'"));
  EXPECT_TRUE(is_malformed(changed(caf, 20, be(0, 8)), "sample rate = 0 Hz"));
  EXPECT_TRUE(is_malformed(changed(aiff, 20, be(0, 2)), "channels = 0"));
  EXPECT_TRUE(is_malformed(changed(w64, 40 + 24, be(0x0700, 2)), "W64 format tag 7"));
  EXPECT_TRUE(is_malformed(changed(flac, 18, be(0, 3)), "sample rate = 0 Hz"));
  EXPECT_TRUE(is_malformed(changed(flac, 4, be(0x01, 1)), "FLAC header"));
}

TEST(DecodeAudio, AStopIsHeeded) {
  RunControl control;
  control.stop = true;
  test::MemorySource source(made_by_sndfile(tone(1000, 1), SF_FORMAT_FLAC | SF_FORMAT_PCM_16));
  EXPECT_TRUE(
      throws_error([&] { (void)decode_audio(source, {}, control); }, ErrorCode::stopped, ""));
}

/// Fails after some bytes, as a disk may.
class FailingSource final : public ByteSource {
 public:
  explicit FailingSource(Bytes bytes) : bytes_(std::move(bytes)) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    if (offset + out.size() > bytes_.size() / 2) {
      throw Error(ErrorCode::cannot_read, "Input/output error");
    }
    std::copy_n(bytes_.data() + offset, out.size(), out.data());
    return out.size();
  }
  [[nodiscard]] std::string name() const override { return "failing"; }

 private:
  Bytes bytes_;
};

TEST(DecodeAudio, AnErrorOfTheSourcePassesThroughTheCodec) {
  for (const int format : {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_AIFF | SF_FORMAT_PCM_16}) {
    FailingSource source(made_by_sndfile(tone(60000, 1), format));
    EXPECT_TRUE(throws_error([&] { (void)decode_audio(source, {}, RunControl{}); },
                             ErrorCode::cannot_read, "Input/output error"));
  }
}

}  // namespace
}  // namespace partwise
