#include <gtest/gtest.h>

#include <cstddef>
#include <report/base64.hpp>
#include <span>
#include <string>

namespace partwise::report {
namespace {

std::string base64(const std::string& bytes) {
  std::string out;
  append_base64(out, std::as_bytes(std::span(bytes.data(), bytes.size())));
  return out;
}

/// A decoder of its own making, bit by bit.
std::string decode_base64(const std::string& text) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (char c : text) {
    if (c == '=') break;
    bits = bits << 6 | static_cast<unsigned>(alphabet.find(c));
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 255U);
    }
  }
  return bytes;
}

TEST(Base64, GivesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, EveryLengthAndByteComesBackAndTheLengthIsForetold) {
  std::string bytes;
  for (int i = 0; i < 600; ++i) {
    EXPECT_EQ(decode_base64(base64(bytes)), bytes);
    EXPECT_EQ(base64(bytes).size(), base64_length(bytes.size()));
    bytes += static_cast<char>(i * 7 % 256);
  }
}

}  // namespace
}  // namespace partwise::report
