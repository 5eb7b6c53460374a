#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <chrono>
#include <codecs/child_process.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <partwise/error.hpp>
#include <support/expect_error.hpp>
#include <thread>

namespace partwise {
namespace {

using test::throws_error;

constexpr ChildLimits kPlenty{.address_space_bytes = std::uint64_t{1} << 34, .idle_s = 60};

/// A shell's line, for these tests alone: what partwise starts goes through no shell.
struct Child {
  explicit Child(const std::string& line, const ChildLimits& limits = kPlenty)
      : input(::open("/dev/null", O_RDONLY | O_CLOEXEC)),
        process("song", {"/bin/sh", "-c", line}, input.get(), limits) {}

  std::string output(const RunControl& control = {}) {
    std::string out(100000, '\0');
    out.resize(process.read(std::as_writable_bytes(std::span(out)), control));
    return out;
  }
  UniqueFd input;
  ChildProcess process;
};

TEST(ChildProcess, ItsOutputAndItsMessagesComeApart) {
  Child child("echo sound; echo trouble >&2; exit 3");
  EXPECT_EQ(child.output(), "sound\n");
  EXPECT_FALSE(child.process.succeeded(RunControl{}));
  EXPECT_EQ(child.process.messages(), "trouble\n");
  Child good("printf x");
  EXPECT_EQ(good.output(), "x");
  EXPECT_TRUE(good.process.succeeded(RunControl{}));
  EXPECT_EQ(good.process.messages(), "");
}

TEST(ChildProcess, ManyMessagesNeitherBlockItNorFillMemory) {
  Child child("i=0; while [ $i -lt 20000 ]; do echo 0123456789 >&2; i=$((i+1)); done; echo end");
  EXPECT_EQ(child.output(), "end\n");
  EXPECT_TRUE(child.process.succeeded(RunControl{}));
  EXPECT_EQ(child.process.messages().size(), 4096U);
}

TEST(ChildProcess, ItSeesItsInputAndNothingElseOfOurs) {
  constexpr int kHigh = 77;  // a shell takes low numbers for itself
  const UniqueFd any(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const UniqueFd inherited(::fcntl(any.get(), F_DUPFD, kHigh));
  ::setenv("PARTWISE_TEST_SECRET", "1", 1);
  Child child("echo /proc/self/fd/*; env; cat; cat <&3");
  const std::string out = child.output();
  ::unsetenv("PARTWISE_TEST_SECRET");
  EXPECT_EQ(out.find("SECRET"), std::string::npos) << out;
  for (const char* wanted : {"fd/0", "fd/1", "fd/2", "fd/3"}) {
    EXPECT_NE(out.find(wanted), std::string::npos) << out;
  }
  EXPECT_EQ(out.find("fd/" + std::to_string(inherited.get()) + " "), std::string::npos) << out;
}

TEST(ChildProcess, ItCannotWriteFiles) {
  const auto path = std::filesystem::path(testing::TempDir()) / "partwise-child-wrote";
  // The limits come right after the start: a decoder has not loaded its libraries by then.
  Child child("sleep 0.3; echo much > " + path.string() + "; echo done");
  child.output();
  (void)child.process.succeeded(RunControl{});
  std::error_code none;
  EXPECT_TRUE(!std::filesystem::exists(path) || std::filesystem::file_size(path, none) == 0);
  std::filesystem::remove(path);
}

TEST(ChildProcess, AStopEndsTheWaitAndTheChild) {
  RunControl control;
  control.stop = true;
  const auto begin = std::chrono::steady_clock::now();
  {
    Child child("exec sleep 100");
    EXPECT_TRUE(throws_error([&] { child.output(control); }, ErrorCode::stopped, ""));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // no child is left
}

TEST(ChildProcess, OneThatSaysNothingIsGivenUp) {
  Child child("exec sleep 100", {.address_space_bytes = std::uint64_t{1} << 34, .idle_s = 0.3});
  EXPECT_TRUE(throws_error([&] { child.output(); }, ErrorCode::resource_limit,
                           "song: the decoder gave no sound for 0.3 s"));
}

TEST(ChildProcess, AProgramThatIsNotThereIsAnError) {
  const UniqueFd input(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  EXPECT_TRUE(throws_error([&] { ChildProcess("song", {"/nonexistent/x"}, input.get(), kPlenty); },
                           ErrorCode::cannot_read, "song: cannot start a decoder: No such file"));
}

TEST(FindProgram, LooksAtAbsoluteFoldersOnly) {
  const std::string before = std::getenv("PATH");
  const auto folder = std::filesystem::temp_directory_path() / ("pw-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "made-up-tool") << "#!/bin/sh\n";
  std::filesystem::permissions(folder / "made-up-tool", std::filesystem::perms::owner_all);
  const auto current = std::filesystem::current_path();
  std::filesystem::current_path(folder);
  for (const char* relative : {"", ".", ":", "::/nonexistent", "../"}) {
    ::setenv("PATH", relative, 1);
    EXPECT_EQ(find_program("made-up-tool"), std::nullopt) << relative;
  }
  ::setenv("PATH", (".:/nonexistent:" + folder.string()).c_str(), 1);
  EXPECT_EQ(find_program("made-up-tool"), (folder / "made-up-tool").string());
  ::setenv("PATH", before.c_str(), 1);
  std::filesystem::current_path(current);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace partwise
