#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <partwise/audio_file.hpp>

namespace partwise {
namespace {

constexpr const char* kTitle = "Z\xc3\xbcrich <b>\xe2\x99\xaa</b>";

DecodedAudio decode_tagged(int format) {
  const std::string path = testing::TempDir() + "partwise-tags-" + std::to_string(::getpid());
  SF_INFO info{};
  info.samplerate = 48000;
  info.channels = 1;
  info.format = format;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  EXPECT_NE(file, nullptr) << sf_strerror(nullptr);
  sf_set_string(file, SF_STR_TITLE, kTitle);
  sf_set_string(file, SF_STR_ARTIST, "Somebody");
  sf_set_string(file, SF_STR_COMMENT, "two\nlines");
  const std::array<float, 4096> silence{};
  for (int i = 0; i < 12; ++i) sf_writef_float(file, silence.data(), silence.size());
  sf_close(file);
  const auto source = open_file(path);
  DecodedAudio audio = decode_audio(*source, {}, RunControl{});
  std::filesystem::remove(path);
  return audio;
}

TEST(Tags, ComeWithEveryFormatThatHoldsThem) {
  for (const int format : {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
                           SF_FORMAT_WAV | SF_FORMAT_ULAW, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                           SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_CAF | SF_FORMAT_PCM_16,
                           SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_OGG | SF_FORMAT_OPUS,
                           SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}) {
    ::testing::internal::CaptureStderr();
    const AudioInfo info = decode_tagged(format).info;
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << info.format;
    EXPECT_EQ(info.tags.title, kTitle) << info.format;
    EXPECT_EQ(info.tags.artist, "Somebody") << info.format;
    EXPECT_EQ(info.tags.comment, "two lines") << info.format;
  }
}

TEST(Tags, AreEmptyWhereAFormatHasNone) {
  for (const int format : {SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_PCM_16}) {
    EXPECT_EQ(decode_tagged(format).info.tags, AudioTags{});
  }
}

}  // namespace
}  // namespace partwise
