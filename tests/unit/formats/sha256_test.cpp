#include <gtest/gtest.h>

#include <formats/sha256.hpp>
#include <formats/sha256_blocks.hpp>
#include <random>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

std::string hash(const test::Bytes& bytes) {
  Sha256 sha;
  sha.update(bytes);
  return sha.finish();
}

TEST(Sha256, GivesTheExamplesOfTheStandard) {
  EXPECT_EQ(hash({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash(test::to_bytes("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash(test::to_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hash(test::Bytes(1000000, std::byte{'a'})),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesArrive) {
  std::mt19937 random(1);
  for (std::size_t length = 0; length < 300; ++length) {
    test::Bytes bytes(length);
    for (auto& byte : bytes) byte = static_cast<std::byte>(random());
    Sha256 pieces;
    for (std::size_t at = 0; at < length;) {
      const std::size_t count = std::min<std::size_t>(length - at, random() % 100);
      pieces.update(std::span(bytes).subspan(at, count));
      at += count;
    }
    ASSERT_EQ(pieces.finish(), hash(bytes)) << length;
  }
}

TEST(Sha256, TheFastVariantGivesTheBitsOfThePortableOne) {
  const Sha256Blocks fast = sha256_blocks_x86();
  if (fast == nullptr) GTEST_SKIP() << "no SHA extensions here";
  std::mt19937 random(2);
  for (std::size_t count = 0; count < 20; ++count) {
    test::Bytes bytes(count * kSha256BlockBytes + 1);
    for (auto& byte : bytes) byte = static_cast<std::byte>(random());
    std::array<std::uint32_t, 8> a{}, b{};
    for (auto& word : a) word = static_cast<std::uint32_t>(random());
    b = a;
    sha256_blocks_portable(a.data(), bytes.data() + 1, count);  // not aligned
    fast(b.data(), bytes.data() + 1, count);
    EXPECT_EQ(a, b) << count;
  }
}

TEST(Sha256, OfTwoMessagesAtOnceIsThatOfEach) {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    test::Bytes a(random() % 1000), b(i % 2 == 0 ? a.size() : random() % 1000);
    for (auto* bytes : {&a, &b}) {
      for (auto& byte : *bytes) byte = static_cast<std::byte>(random());
    }
    Sha256 hash_a, hash_b;
    const std::size_t cut_a = random() % (a.size() + 1), cut_b = random() % (b.size() + 1);
    Sha256::update_both(hash_a, std::span(a).first(cut_a), hash_b, std::span(b).first(cut_b));
    Sha256::update_both(hash_a, std::span(a).subspan(cut_a), hash_b, std::span(b).subspan(cut_b));
    ASSERT_EQ(hash_a.finish(), hash(a)) << i;
    ASSERT_EQ(hash_b.finish(), hash(b)) << i;
  }
}

TEST(Sha256, TheFastVariantForTwoGivesTheBitsOfThePortableOne) {
  const Sha256BlockPairs fast = sha256_block_pairs_x86();
  if (fast == nullptr) GTEST_SKIP() << "no SHA extensions here";
  std::mt19937 random(4);
  for (std::size_t count = 0; count < 20; ++count) {
    test::Bytes bytes(2 * count * kSha256BlockBytes);
    for (auto& byte : bytes) byte = static_cast<std::byte>(random());
    std::array<std::uint32_t, 8> a{}, b{1}, expected_a = a, expected_b = b;
    const std::byte* second = bytes.data() + bytes.size() / 2;
    sha256_blocks_portable(expected_a.data(), bytes.data(), count);
    sha256_blocks_portable(expected_b.data(), second, count);
    fast(a.data(), bytes.data(), b.data(), second, count);
    EXPECT_EQ(a, expected_a) << count;
    EXPECT_EQ(b, expected_b) << count;
  }
}

}  // namespace
}  // namespace partwise
