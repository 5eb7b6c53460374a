#include <gtest/gtest.h>

#include <partwise/audio_file.hpp>
#include <support/made_by_sndfile.hpp>

namespace partwise {
namespace {

constexpr const char* kTitle = "Z\xc3\xbcrich <b>\xe2\x99\xaa</b>";

AudioInfo tagged(int format) {
  const AudioTags tags{kTitle, "Somebody", "", "", "two\nlines"};
  test::MemorySource source(test::made_by_sndfile(Matrix<float>(48000, 1), format, 48000, tags));
  return decode_audio(source, {}, RunControl{}).info;
}

TEST(Tags, ComeWithEveryFormatThatHoldsThem) {
  for (const int format : {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_RF64 | SF_FORMAT_PCM_16,
                           SF_FORMAT_WAV | SF_FORMAT_ULAW, SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                           SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_CAF | SF_FORMAT_PCM_16,
                           SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_OGG | SF_FORMAT_OPUS,
                           SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}) {
    ::testing::internal::CaptureStderr();
    const AudioInfo info = tagged(format);
    EXPECT_EQ(::testing::internal::GetCapturedStderr(), "") << info.format;
    EXPECT_EQ(info.tags.title, kTitle) << info.format;
    EXPECT_EQ(info.tags.artist, "Somebody") << info.format;
    EXPECT_EQ(info.tags.comment, "two lines") << info.format;
  }
}

TEST(Tags, AreEmptyWhereAFormatHasNone) {
  for (const int format : {SF_FORMAT_W64 | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_PCM_16}) {
    EXPECT_EQ(tagged(format).tags, AudioTags{});
  }
}

}  // namespace
}  // namespace partwise
