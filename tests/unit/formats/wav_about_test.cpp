// What a WAV says of its sound: tags, and where it begins on a time line.
#include <gtest/gtest.h>

#include <algorithm>
#include <formats/wav_about.hpp>
#include <formats/wav_header_write.hpp>
#include <partwise/audio_file.hpp>
#include <support/make_wav.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

using test::Bytes;

const SampleFormat kFormats[] = {SampleFormat::float32, SampleFormat::pcm24, SampleFormat::pcm16};

Bytes encode(EncodeSpec spec) {
  test::MemorySink sink;
  spec.num_samples = 3;
  const auto encoder = wav_container().make_encoder(sink, spec);
  encoder->write(Matrix<float>(3, spec.num_channels).view());
  encoder->finish();
  return sink.bytes();
}

DecodedAudio decode(const Bytes& bytes) {
  test::MemorySource source(bytes);
  return decode_wav(source, {}, RunControl{});
}

EncodeSpec spec_of(SampleFormat format, Index channels = 1) {
  return {.sample_rate_hz = 48000, .num_channels = channels, .sample_format = format};
}

TEST(WavAbout, TagsReadBackInEveryWidth) {
  for (const SampleFormat format : kFormats) {
    for (const Index channels : {1, 3}) {
      EncodeSpec spec = spec_of(format, channels);
      spec.tags = {.title = "Für Élise – 鼓",
                   .artist = "B",
                   .album = "Op. 59",
                   .date = "1810-04-27",
                   .comment = {}};
      const DecodedAudio audio = decode(encode(spec));
      EXPECT_EQ(audio.info.tags, spec.tags);
      EXPECT_EQ(audio.info.num_samples, 3);
      EXPECT_TRUE(audio.info.warnings.empty());
    }
  }
}

TEST(WavAbout, ATagThatIsNotThereTakesNoPlace) {
  EncodeSpec spec = spec_of(SampleFormat::pcm16);
  const Bytes bare = encode(spec);
  spec.tags.comment = "encoders leave the comment out";
  EXPECT_EQ(encode(spec), bare);
  spec.tags.artist = "B";
  EXPECT_EQ(encode(spec).size(), bare.size() + 8 + 4 + 8 + 2);  // LIST, INFO, IART, "B" and a zero
}

TEST(WavAbout, TheTimeReferenceReadsBackInEveryWidth) {
  for (const SampleFormat format : kFormats) {
    for (const std::uint64_t reference :
         {std::uint64_t{0}, std::uint64_t{48000}, std::uint64_t{0x1'2345'6789}}) {
      EncodeSpec spec = spec_of(format);
      spec.time_reference = reference;
      spec.tags.title = "odd";
      const DecodedAudio audio = decode(encode(spec));
      EXPECT_EQ(audio.info.time_reference, reference);
      EXPECT_EQ(audio.info.tags.title, "odd");
    }
  }
  EXPECT_EQ(decode(encode(spec_of(SampleFormat::pcm16))).info.time_reference, std::nullopt);
}

TEST(WavAbout, TheBextChunkIsLaidOutAsEbuTech3285Says) {
  EncodeSpec spec = spec_of(SampleFormat::pcm16);
  spec.time_reference = 0x0102030405;
  const Bytes chunk = wav_about_chunks(spec);
  ASSERT_EQ(chunk.size(), 8U + 602);
  const auto at = [&](std::size_t i) { return std::to_integer<int>(chunk[8 + i]); };
  EXPECT_EQ(at(338), 5);  // low word
  EXPECT_EQ(at(339), 4);
  EXPECT_EQ(at(341), 2);
  EXPECT_EQ(at(342), 1);  // high word
  EXPECT_EQ(at(346), 1);  // version
  EXPECT_EQ(at(256), 'p');
  EXPECT_TRUE(std::all_of(chunk.begin() + 8 + 320, chunk.begin() + 8 + 338,
                          [](std::byte b) { return b == std::byte{0}; }));  // no date, no time
}

TEST(WavAbout, AnRf64FileHasTheSameChunksAndItsSizesCountThem) {
  EncodeSpec spec{.sample_rate_hz = 48000, .num_channels = 2, .num_samples = Index{1} << 30};
  const Bytes bare = wav_header_bytes(spec);
  spec.time_reference = 7;
  spec.tags.title = "long";
  const Bytes header = wav_header_bytes(spec);
  const std::uint64_t more = header.size() - bare.size();
  EXPECT_EQ(more, wav_about_chunks(spec).size());
  const auto riff_size = [](const Bytes& bytes) {
    std::uint64_t size = 0;
    for (int i = 7; i >= 0; --i) size = size << 8 | std::to_integer<std::uint64_t>(bytes[20 + i]);
    return size;
  };
  EXPECT_EQ(riff_size(header), riff_size(bare) + more);
}

TEST(WavAbout, ABextChunkThatIsShortOrMadIsPassedOver) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{345}, std::size_t{602}}) {
    test::WavRecipe recipe;
    recipe.data = test::integers({1, 2}, 2);
    recipe.before_data = test::make_chunk("bext", Bytes(size, std::byte{0xff}));
    const DecodedAudio audio = decode(test::make_wav(recipe));
    EXPECT_EQ(audio.info.time_reference, std::nullopt);
    EXPECT_EQ(audio.info.num_samples, 2);
  }
}

TEST(WavAbout, ABigEndianFileHasItsWordsInTheSameOrder) {
  test::WavRecipe recipe;
  recipe.id = "RIFX";
  recipe.data = test::integers({1, 2}, 2, true);
  Bytes body(338);
  test::put_number(body, 5, 4, true);
  test::put_number(body, 1, 4, true);
  body.resize(602);
  recipe.before_data = test::make_chunk("bext", body, true);
  EXPECT_EQ(decode(test::make_wav(recipe)).info.time_reference, 0x1'0000'0005U);
}

}  // namespace
}  // namespace partwise
