#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <partwise/audio_file.hpp>
#include <support/expect_error.hpp>

namespace partwise {
namespace {

using test::throws_error;

::testing::AssertionResult cannot_read(const std::string& path, const std::string& words) {
  return throws_error([&] { (void)open_file(path); }, ErrorCode::cannot_read, words);
}

TEST(OpenFile, NamesThePathAndTheReason) {
  EXPECT_TRUE(cannot_read("/no/such/file.wav", "/no/such/file.wav: No such file"));
  EXPECT_TRUE(cannot_read("", "path is empty"));
  EXPECT_TRUE(cannot_read(testing::TempDir(), "it is a folder"));
  EXPECT_TRUE(cannot_read("/dev/null", "pipe or a device"));
}

TEST(OpenFile, DoesNotWaitForAPipe) {
  const std::string path = testing::TempDir() + "partwise-fifo-" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_TRUE(cannot_read(path, "pipe or a device"));
  std::filesystem::remove(path);
}

TEST(OpenFile, ReadsAnywhereAndFewerBytesOnlyAtTheEnd) {
  const std::string path = testing::TempDir() + "partwise-bytes-" + std::to_string(::getpid());
  std::ofstream(path) << "0123456789";
  const auto source = open_file(path);
  EXPECT_EQ(source->size(), 10U);
  EXPECT_EQ(source->name(), path);
  std::array<std::byte, 4> bytes{};
  EXPECT_EQ(source->read_at(3, bytes), 4U);
  EXPECT_EQ(bytes[0], std::byte{'3'});
  EXPECT_EQ(source->read_at(8, bytes), 2U);
  EXPECT_EQ(source->read_at(10, bytes), 0U);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace partwise
