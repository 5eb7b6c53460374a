#include <gtest/gtest.h>

#include <formats/tag_text.hpp>
#include <partwise/audio_file.hpp>
#include <support/make_wav.hpp>

namespace partwise {
namespace {

using test::Bytes;

Bytes info_list(const std::vector<std::pair<std::string, std::string>>& fields, bool big = false) {
  Bytes body = test::to_bytes("INFO");
  for (const auto& [id, value] : fields) {
    const Bytes chunk = test::make_chunk(id, test::to_bytes(value), big);
    body.insert(body.end(), chunk.begin(), chunk.end());
  }
  return test::make_chunk("LIST", body, big);
}

AudioTags tags_of(const test::WavRecipe& recipe) {
  test::MemorySource source(test::make_wav(recipe));
  return decode_wav(source, {}, RunControl{}).info.tags;
}

TEST(TagText, IsOneLineOfUtf8WithoutControlCharacters) {
  EXPECT_EQ(tag_text("A title"), "A title");
  EXPECT_EQ(tag_text(std::string_view("padded\0\0\0", 9)), "padded");
  EXPECT_EQ(tag_text("  two\r\n lines\t\x1b[31m\x7f "), "two lines [31m");
  EXPECT_EQ(tag_text("\xc5\x81\xc3\xb3"
                     "d\xc5\xba \xf0\x9f\xa5\x81"),
            "\xc5\x81\xc3\xb3"
            "d\xc5\xba \xf0\x9f\xa5\x81");
  EXPECT_EQ(tag_text("C1 \xc2\x85 is a control"), "C1 is a control");
  EXPECT_EQ(tag_text(""), "");
  EXPECT_EQ(tag_text(" \n "), "");
}

TEST(TagText, BytesThatAreNotUtf8AreLatin1) {
  EXPECT_EQ(tag_text("Caf\xe9"), "Caf\xc3\xa9");
  EXPECT_EQ(tag_text("\xc0\xaf"), "\xc3\x80\xc2\xaf");  // an overlong slash is two letters
}

TEST(TagText, IsCutBetweenCharacters) {
  std::string long_text;
  for (int i = 0; i < 10000; ++i) long_text += "\xe2\x99\xaa";  // a note, three bytes
  for (const char* before : {"", "a", "ab"}) {
    const std::string cut = tag_text(before + long_text);
    EXPECT_LE(cut.size(), 1000U);
    EXPECT_GT(cut.size(), 996U);
    EXPECT_EQ(cut, tag_text(cut));
    EXPECT_EQ(cut.substr(cut.size() - 3), "\xe2\x99\xaa");
  }
}

TEST(WavTags, AreReadBeforeAndBehindTheSound) {
  const auto fields = info_list({{"INAM", "Odd"}, {"IART", "Somebody"}, {"ISFT", "other"}});
  for (const std::size_t samples : {3U, 4U}) {
    for (const char* id : {"RIFF", "RIFX"}) {
      const bool big = std::string(id) == "RIFX";
      test::WavRecipe recipe;
      recipe.id = id;
      recipe.bits = 8;
      recipe.data = Bytes(samples, std::byte{128});
      if (big) {
        recipe.bits = 16;
        recipe.data = Bytes(2 * samples);
      }
      recipe.before_format = info_list({{"IPRD", "Record"}, {"ICRD", "1999"}}, big);
      recipe.after_data = big ? info_list({{"INAM", "Odd"}, {"IART", "Somebody"}}, true) : fields;
      const AudioTags expected{"Odd", "Somebody", "Record", "1999", ""};
      EXPECT_EQ(tags_of(recipe), expected) << id << samples;
    }
  }
}

TEST(WavTags, OddOnesAreNoReasonToRefuseTheSound) {
  test::WavRecipe recipe;
  recipe.data = Bytes(8);
  Bytes lying = info_list({{"INAM", "Title"}});
  lying[4] = lying[5] = lying[6] = lying[7] = std::byte{0xff};  // the size of the list
  Bytes field = info_list({{"INAM", "Title"}});
  field[16] = field[17] = std::byte{0xff};  // the size of the field
  Bytes empty = test::make_chunk("LIST", {});
  for (const Bytes& chunk : {lying, field}) {
    recipe.after_data = chunk;
    EXPECT_EQ(tags_of(recipe).title, "Title");
  }
  recipe.after_data = empty;
  EXPECT_EQ(tags_of(recipe), AudioTags{});
  recipe.after_data = test::to_bytes("LIST");
  EXPECT_EQ(tags_of(recipe), AudioTags{});
}

}  // namespace
}  // namespace partwise
