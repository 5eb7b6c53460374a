#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <disk/file_sink.hpp>
#include <disk/staged_folder.hpp>
#include <filesystem>
#include <formats/sha256.hpp>
#include <fstream>
#include <partwise/audio_file.hpp>
#include <sstream>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>
#include <thread>

namespace partwise {
namespace {

namespace fs = std::filesystem;
using test::throws_error;

class StagedFolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ =
        testing::TempDir() + "partwise-staged-" + info->name() + "-" + std::to_string(::getpid());
    fs::remove_all(root_);
    fs::create_directories(root_);
    target_ = root_ + "/song.parts";
  }
  void TearDown() override { fs::remove_all(root_); }

  static void put(StagedFolder& folder, const std::string& name, const std::string& text) {
    const auto sink = folder.create(name);
    sink->write_text(text);
    sink->finish();
  }
  /// A whole output of two files.
  static void write_run(const std::string& target, bool force, const std::string& text) {
    StagedFolder folder(target, force);
    put(folder, "part-00.wav", text);
    put(folder, "summary.json", R"({"files": [{"name": "part-00.wav"}]})");
    folder.commit();
  }
  static std::string read(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path).rdbuf();
    return out.str();
  }
  [[nodiscard]] ::testing::AssertionResult refused(bool force, const std::string& words) const {
    return throws_error([&] { StagedFolder folder(target_, force); }, ErrorCode::cannot_write,
                        words);
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(root_)) {
      out.push_back(entry.path().filename().string());
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  std::string root_, target_;
};

TEST_F(StagedFolderTest, NothingIsThereBeforeCommitAndEverythingAfter) {
  StagedFolder folder(target_, false);
  put(folder, "a.txt", "hello");
  EXPECT_FALSE(fs::exists(target_));
  folder.commit();
  EXPECT_EQ(read(target_ + "/a.txt"), "hello");
  EXPECT_EQ(names(), std::vector<std::string>{"song.parts"});
}

TEST_F(StagedFolderTest, WithoutCommitNothingStays) {
  {
    StagedFolder folder(target_, false);
    put(folder, "a.txt", "hello");
    const auto unfinished = folder.create("b.txt");
    unfinished->write_text("half");
  }
  EXPECT_TRUE(names().empty());
}

TEST_F(StagedFolderTest, SizeAndHashAreThoseOfTheFile) {
  StagedFolder folder(target_, false);
  test::Bytes bytes(1000003);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 251);
  const auto sink = folder.create("big");
  for (std::size_t at = 0; at < bytes.size();) {  // small, large and very large pieces
    const std::size_t count = std::min<std::size_t>(bytes.size() - at, 1 + at * 2);
    sink->write(std::span(bytes).subspan(at, count));
    at += count;
  }
  sink->finish();
  Sha256 expected;
  expected.update(bytes);
  const StagedFile file = folder.describe("big");
  EXPECT_EQ(file.bytes, bytes.size());
  EXPECT_EQ(file.sha256, expected.finish());
  test::Bytes back(bytes.size());
  EXPECT_EQ(folder.open("big")->read_at(0, back), back.size());
  EXPECT_EQ(back, bytes);
}

TEST_F(StagedFolderTest, FilesFlushedTwoAtATimeAreWhatWasWritten) {
  StagedFolder folder(target_, false);
  test::Bytes bytes(500009);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 251);
  const auto all = std::span<const std::byte>(bytes);
  const auto a = folder.create("a"), b = folder.create("b");
  b->write_text("?");  // another length, and one that goes back and has its hash taken again
  for (std::size_t at = 0; at < bytes.size(); at += 99991) {
    const auto piece = all.subspan(at, std::min<std::size_t>(99991, bytes.size() - at));
    a->write(piece);
    b->write(piece);
    FileSink::flush_both(*a, *b);
    if (at == 99991) {
      const std::uint64_t end = b->position();
      b->seek(0);
      b->write_text("!");
      b->seek(end);
    }
  }
  a->finish();
  b->finish();
  Sha256 expected_a, expected_b;
  expected_a.update(bytes);
  expected_b.update(test::to_bytes("!"));
  expected_b.update(bytes);
  EXPECT_EQ(folder.describe("a").sha256, expected_a.finish());
  EXPECT_EQ(folder.describe("b").sha256, expected_b.finish());
  test::Bytes back(bytes.size());
  EXPECT_EQ(folder.open("a")->read_at(0, back), back.size());
  EXPECT_EQ(back, bytes);
  EXPECT_EQ(folder.open("b")->read_at(1, back), back.size());
  EXPECT_EQ(back, bytes);
}

TEST_F(StagedFolderTest, FilesWrittenTwoAtATimeAreWhatWasWritten) {
  StagedFolder folder(target_, false);
  test::Bytes bytes(1500007);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 251);
  const auto all = std::span<const std::byte>(bytes);
  const auto a = folder.create("a"), b = folder.create("b");
  b->write_text("a header");
  std::size_t at = 0;
  for (const std::size_t count : {3U, 700000U, 0U, 4096U, 5U, 795903U}) {
    FileSink::write_both(*a, all.subspan(at, count), *b, all.subspan(at, count));
    at += count;
  }
  ASSERT_EQ(at, bytes.size());
  a->start_writing();
  a->finish();
  b->finish();
  Sha256 expected_a, expected_b;
  expected_a.update(bytes);
  expected_b.update(test::to_bytes("a header"));
  expected_b.update(bytes);
  EXPECT_EQ(folder.describe("a").sha256, expected_a.finish());
  EXPECT_EQ(folder.describe("b").sha256, expected_b.finish());
  test::Bytes back(bytes.size());
  for (const auto& [name, offset] : {std::pair("a", 0), std::pair("b", 8)}) {
    EXPECT_EQ(folder.open(name)->read_at(static_cast<std::uint64_t>(offset), back), back.size());
    EXPECT_EQ(back, bytes) << name;
  }
}

TEST_F(StagedFolderTest, AWriterThatGoesBackGetsTheHashOfTheFinishedFile) {
  StagedFolder folder(target_, false);
  const auto sink = folder.create("a");
  auto& seekable = dynamic_cast<SeekableSink&>(*sink);
  sink->write_text("0123456789");
  seekable.seek(2);
  sink->write_text("xy");
  EXPECT_EQ(seekable.position(), 4U);
  EXPECT_EQ(seekable.size(), 10U);
  seekable.seek(10);
  sink->write_text("!");
  sink->finish();
  Sha256 expected;
  expected.update(test::to_bytes("01xy456789!"));
  EXPECT_EQ(folder.describe("a").sha256, expected.finish());
  EXPECT_EQ(folder.describe("a").bytes, 11U);
}

TEST_F(StagedFolderTest, AnExistingFolderNeedsForceAndIsThenReplacedWhole) {
  write_run(target_, false, "old");
  EXPECT_TRUE(refused(false, "force replaces it"));
  {
    StagedFolder folder(target_, true);
    put(folder, "other.txt", "new");
    put(folder, "summary.json", R"({"files": [{"name": "other.txt"}]})");
    EXPECT_EQ(read(target_ + "/part-00.wav"), "old");
    folder.commit();
  }
  EXPECT_EQ(read(target_ + "/other.txt"), "new");
  EXPECT_FALSE(fs::exists(target_ + "/part-00.wav"));
  EXPECT_EQ(names(), std::vector<std::string>{"song.parts"});
}

TEST_F(StagedFolderTest, ForceDoesNotReplaceWhatPartwiseDidNotWrite) {
  write_run(target_, false, "old");
  std::ofstream(target_ + "/notes.txt") << "mine";
  EXPECT_TRUE(refused(true, "'notes.txt'"));
  fs::remove(target_ + "/notes.txt");
  fs::create_directory(target_ + "/notes");
  EXPECT_TRUE(refused(true, "'notes'"));
  fs::remove(target_ + "/notes");
  fs::remove(target_ + "/part-00.wav");
  fs::create_symlink("/etc/hostname", target_ + "/part-00.wav");
  EXPECT_TRUE(refused(true, "'part-00.wav'"));
  fs::remove(target_ + "/part-00.wav");
  std::ofstream(target_ + "/summary.json") << "not json";
  EXPECT_TRUE(refused(true, "'summary.json'"));
  fs::remove(target_ + "/summary.json");
  write_run(target_, true, "into an empty folder");
}

TEST_F(StagedFolderTest, AFileThatComesMeanwhileStopsTheReplacement) {
  write_run(target_, false, "old");
  StagedFolder folder(target_, true);
  put(folder, "part-00.wav", "new");
  std::ofstream(target_ + "/notes.txt") << "mine";
  EXPECT_TRUE(throws_error([&] { folder.commit(); }, ErrorCode::cannot_write, "'notes.txt'"));
  EXPECT_EQ(read(target_ + "/notes.txt"), "mine");
  EXPECT_EQ(read(target_ + "/part-00.wav"), "old");
}

TEST_F(StagedFolderTest, AFolderThatComesMeanwhileIsNotReplacedWithoutForce) {
  StagedFolder folder(target_, false);
  put(folder, "a", "new");
  write_run(target_, false, "first");
  EXPECT_TRUE(throws_error([&] { folder.commit(); }, ErrorCode::cannot_write, "force"));
  EXPECT_EQ(read(target_ + "/part-00.wav"), "first");
}

TEST_F(StagedFolderTest, FilesAndLinksInTheWayAreNamed) {
  std::ofstream(target_.c_str()) << "x";
  EXPECT_TRUE(refused(true, "it is a file"));
  fs::remove(target_);
  fs::create_directory(root_ + "/elsewhere");
  fs::create_symlink(root_ + "/elsewhere", target_);
  EXPECT_TRUE(refused(true, "symbolic link"));
}

TEST_F(StagedFolderTest, ParentsThatCannotBeWrittenAreNamed) {
  const auto fails = [](const std::string& target, const std::string& words) {
    return throws_error([&] { StagedFolder folder(target, false); }, ErrorCode::cannot_write,
                        words);
  };
  EXPECT_TRUE(fails(root_ + "/no/such/out", "its parent folder " + root_ + "/no/such"));
  EXPECT_TRUE(fails("/proc/out.parts", "cannot create a folder in /proc"));
  std::ofstream(root_ + "/file") << "x";
  EXPECT_TRUE(fails(root_ + "/file/out", "Not a directory"));
  for (const char* path : {"", "/", ".", "..", "a/.."}) {
    EXPECT_TRUE(fails(path, "expected the name of a folder")) << path;
  }
  EXPECT_TRUE(fails(root_ + "/" + std::string(300, 'x'), "too long"));
}

TEST_F(StagedFolderTest, ALongNameOfTheTargetStillWorks) {
  target_ = root_ + "/" + std::string(255, 'x') + "/";
  write_run(target_, false, "a");
  write_run(target_, true, "b");
  EXPECT_EQ(read(target_ + "part-00.wav"), "b");
  EXPECT_EQ(names().size(), 1U);
}

TEST_F(StagedFolderTest, OnlyPlainNamesAreCreatedAndOnlyOnce) {
  StagedFolder folder(target_, false);
  for (const char* name : {"", ".", "..", "a/b", "/a", "a b", "ü"}) {
    EXPECT_TRUE(throws_error([&] { (void)folder.create(name); }, ErrorCode::internal, "expected"));
  }
  EXPECT_TRUE(throws_error([&] { (void)folder.create(std::string(65, 'a')); }, ErrorCode::internal,
                           "expected"));
  put(folder, "a", "1");
  EXPECT_TRUE(
      throws_error([&] { (void)folder.create("a"); }, ErrorCode::cannot_write, "File exists"));
}

TEST_F(StagedFolderTest, AnUnfinishedFileIsNeitherDescribedNorCommitted) {
  StagedFolder folder(target_, false);
  const auto sink = folder.create("a");
  EXPECT_TRUE(throws_error([&] { (void)folder.describe("a"); }, ErrorCode::internal, "'a'"));
  EXPECT_TRUE(throws_error([&] { (void)folder.open("b"); }, ErrorCode::internal, "'b'"));
  EXPECT_TRUE(throws_error([&] { folder.commit(); }, ErrorCode::internal, "'a'"));
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(StagedFolderTest, ManyThreadsWriteAtOnce) {
  StagedFolder folder(target_, false);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&folder, t] {
        for (int i = 0; i < 25; ++i) {
          put(folder, "f" + std::to_string(t) + "-" + std::to_string(i), std::string(1000, 'x'));
        }
      });
    }
  }
  folder.commit();
  EXPECT_EQ(std::distance(fs::directory_iterator(target_), {}), 100);
}

/// Runs `body` in a child that is then killed without warning.
template <class Body>
void run_and_kill(Body body) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const ::pid_t child = ::fork();
  if (child == 0) {
    body();
    [[maybe_unused]] const auto done = ::write(ready[1], "x", 1);
    for (;;) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(StagedFolderTest, AKilledRunLeavesNoTargetAndTheNextOneCleansUp) {
  run_and_kill([&] {
    auto* folder = new StagedFolder(target_, false);
    put(*folder, "a", "half");
    folder->create("b").release()->write_text("x");
  });
  ASSERT_EQ(names().size(), 1U);
  EXPECT_TRUE(names()[0].starts_with(".song.parts.partwise-")) << names()[0];
  write_run(target_, false, "whole");
  EXPECT_EQ(names(), std::vector<std::string>{"song.parts"});
}

TEST_F(StagedFolderTest, AKilledReplacementLeavesTheOldFolder) {
  write_run(target_, false, "old");
  run_and_kill([&] { put(*new StagedFolder(target_, true), "a", "half"); });
  EXPECT_EQ(read(target_ + "/part-00.wav"), "old");
  write_run(target_, true, "new");
  EXPECT_EQ(names(), std::vector<std::string>{"song.parts"});
}

TEST_F(StagedFolderTest, CleaningLeavesRunningRunsAndOtherNamesAlone) {
  StagedFolder running(target_, false);
  put(running, "a", "still at work");
  for (const char* name :
       {".song.parts.partwise-1-xyz", ".song.parts.partwise-a-0123456789abcdef",
        ".other.partwise-1-0123456789abcdef", "song.parts.partwise-1-0123456789abcdef"}) {
    fs::create_directory(root_ + "/" + name);
  }
  fs::create_directory(root_ + "/.song.parts.partwise-1-0123456789abcdef");
  {
    StagedFolder second(target_, false);
  }
  EXPECT_EQ(names().size(), 5U);  // the stale one is gone
  running.commit();
  EXPECT_EQ(read(target_ + "/a"), "still at work");
}

TEST_F(StagedFolderTest, AFolderThatWasSetAsideComesBack) {
  // What a run leaves that was killed between the two renames of a file system without exchange.
  write_run(target_, false, "old");
  fs::rename(target_, root_ + "/.song.parts.partwise-old-0123456789abcdef");
  EXPECT_TRUE(refused(false, "force"));
  EXPECT_EQ(read(target_ + "/part-00.wav"), "old");
  // The same, killed after the second one: the old is no longer needed.
  fs::copy(target_, root_ + "/.song.parts.partwise-old-0123456789abcdef");
  EXPECT_TRUE(refused(false, "force"));
  EXPECT_EQ(names(), std::vector<std::string>{"song.parts"});
}

TEST(FileSink, AFullDiskIsTold) {
  UniqueFd full(::open("/dev/full", O_RDWR | O_CLOEXEC));
  if (!full.valid()) GTEST_SKIP() << "no /dev/full";
  FileSink sink(std::move(full), "out/part-00.wav", [](const StagedFile&) { FAIL(); });
  sink.write_text("x");
  EXPECT_TRUE(throws_error([&] { sink.finish(); }, ErrorCode::cannot_write,
                           "cannot write out/part-00.wav: No space left"));
}

TEST_F(StagedFolderTest, AFullFileSystemLeavesTheOldFolder) {
  if (::mount("none", root_.c_str(), "tmpfs", 0, "size=64k") != 0) GTEST_SKIP() << "cannot mount";
  write_run(target_, false, "old");
  {
    StagedFolder folder(target_, true);
    const auto sink = folder.create("big");
    EXPECT_TRUE(throws_error(
        [&] {
          sink->write(test::Bytes(1 << 20));
          sink->finish();
        },
        ErrorCode::cannot_write, "No space left"));
  }
  EXPECT_EQ(names(), std::vector<std::string>{"song.parts"});
  EXPECT_EQ(read(target_ + "/part-00.wav"), "old");
  ::umount(root_.c_str());
}

}  // namespace
}  // namespace partwise
