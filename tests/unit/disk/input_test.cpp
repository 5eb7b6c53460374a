#include <gtest/gtest.h>

#include <disk/memory_file.hpp>
#include <disk/spool.hpp>
#include <partwise/audio_input.hpp>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

using test::throws_error;

TEST(InputKind, IsToldByTheTextAlone) {
  for (const char* path :
       {"a.wav", "./-", "--", "a/b:c", "://", "1x://a", "a b://c", "./http://x"}) {
    EXPECT_EQ(input_kind(path), InputKind::file) << path;
  }
  EXPECT_EQ(input_kind("-"), InputKind::standard_input);
  EXPECT_EQ(input_kind("http://a"), InputKind::address);
  EXPECT_EQ(input_kind("HTTPS://a/b"), InputKind::address);
  EXPECT_TRUE(throws_error([] { (void)input_kind(""); }, ErrorCode::usage, "FILE = (empty)"));
  for (const char* other : {"ftp://user:secret@a/b", "file:///etc/passwd", "s3+x://a"}) {
    EXPECT_TRUE(throws_error([&] { (void)input_kind(other); }, ErrorCode::usage,
                             "expected an address that begins with http:// or https://"));
    EXPECT_FALSE(throws_error([&] { (void)input_kind(other); }, ErrorCode::usage, "secret"));
  }
}

TEST(InputName, OfAFileIsItsOwnWithoutFolders) {
  EXPECT_EQ(input_name("a/b c.wav"), "b c.wav");
  EXPECT_EQ(input_name("loop.flac"), "loop.flac");
  EXPECT_EQ(input_name("-"), "stdin");
}

TEST(InputName, OfAnAddressComesFromAFixedGrammar) {
  const std::pair<const char*, const char*> cases[] = {
      {"https://x.org/a/My%20Loop.flac?id=7", "My_Loop.flac"},
      {"http://u:p@host:80/song.mp3#t=3", "song.mp3"},
      {"http://host", "address"},
      {"http://host/", "address"},
      {"http://host/a/b/", "address"},
      {"http://host?x=/secret.wav", "address"},
      {"http://host/..", "address"},
      {"http://host/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "address.etc_pass"},
      {"http://host/.hidden", "hidden"},
      {"http://host/a%00b.wav", "a_b.wav"},
      {"http://host/%1b[31mred.wav", "31mred.wav"},
      {"http://host/\xc3\xbc"
       "ber%C3%BC.wav",
       "ber.wav"},
      {"http://host/100%.wav", "100.wav"},
      {"http://host/a.b.c.tar-gz!", "a_b_c.tar-gz"},
      {"http://host/x.verylongextension", "x.verylong"},
      {"http://host/CON", "CON"},
  };
  for (const auto& [address, name] : cases) EXPECT_EQ(input_name(address), name) << address;
  EXPECT_EQ(input_name("http://h/" + std::string(500, 'a') + ".wav"),
            std::string(64, 'a') + ".wav");
}

test::Bytes numbered(std::size_t count) {
  test::Bytes out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::byte>(i * 7 + i / 256);
  return out;
}

TEST(Spool, GivesBackWhatCameInWhateverPieces) {
  const test::Bytes all = numbered((1 << 21) + 12345);
  for (const std::size_t piece : {std::size_t{4093}, std::size_t{1} << 20, all.size()}) {
    Spool spool("stream", all.size());
    for (std::size_t at = 0; at < all.size(); at += piece) {
      spool.append(std::span(all).subspan(at, std::min(piece, all.size() - at)));
    }
    ASSERT_EQ(spool.size(), all.size());
    test::Bytes back(all.size() + 10);
    EXPECT_EQ(spool.read_at(0, back), all.size());
    back.resize(all.size());
    EXPECT_EQ(back, all);
    std::array<std::byte, 100> part{};
    const std::size_t at = (1 << 20) - 50;
    EXPECT_EQ(spool.read_at(at, part), part.size());
    EXPECT_TRUE(std::equal(part.begin(), part.end(), all.begin() + at));
    EXPECT_EQ(spool.read_at(all.size(), part), 0U);
    EXPECT_EQ(spool.read_at(~std::uint64_t{0}, part), 0U);
  }
}

TEST(Spool, RefusesMoreThanAllowed) {
  Spool spool("stream", 3'000'000);
  const test::Bytes block(1'000'000);
  for (int i = 0; i < 3; ++i) spool.append(block);
  EXPECT_TRUE(throws_error([&] { spool.append(std::span(block).first(1)); },
                           ErrorCode::resource_limit, "stream: it has more than 3 MB"));
}

TEST(MemoryFile, HoldsTheBytesOfTheSource) {
  const test::Bytes all = numbered((1 << 20) + 7);
  test::MemorySource source(all);
  const UniqueFd file = make_memory_file(source, RunControl{});
  test::Bytes back(all.size() + 1);
  EXPECT_EQ(::pread(file.get(), back.data(), back.size(), 0), static_cast<::ssize_t>(all.size()));
  back.pop_back();
  EXPECT_EQ(back, all);
}

TEST(UsableMemory, IsMoreThanThisTestTakes) {
  EXPECT_GT(usable_memory_bytes(), 100'000'000U);
  EXPECT_LT(usable_memory_bytes(), std::numeric_limits<std::uint64_t>::max());
}

}  // namespace
}  // namespace partwise
