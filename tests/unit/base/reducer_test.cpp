#include <gtest/gtest.h>

#include <atomic>
#include <partwise/error.hpp>
#include <partwise/reducer.hpp>
#include <stdexcept>
#include <vector>

namespace partwise {
namespace {

TEST(Reducer, CallsEveryPieceOnceWhateverTheThreads) {
  for (const int threads : {1, 2, 3, 7}) {
    Reducer reducer(threads);
    // Fewer where the system gives no more, or the library was built without threads.
    EXPECT_LE(reducer.threads(), threads);
    EXPECT_GE(reducer.threads(), 1);
    for (const Index count : {0, 1, 2, 5, 1000}) {
      std::vector<std::atomic<int>> calls(static_cast<std::size_t>(count));
      for (int round = 0; round < 50; ++round) {
        reducer.for_each(count, [&](Index i) { ++calls[i]; });
      }
      for (const auto& c : calls) EXPECT_EQ(c, 50);
    }
  }
}

TEST(Reducer, ThrowsTheFirstExceptionOfATaskAndStaysUsable) {
  Reducer reducer(3);
  EXPECT_THROW(reducer.for_each(100,
                                [](Index i) {
                                  if (i == 42) throw std::runtime_error("x");
                                }),
               std::runtime_error);
  std::atomic<int> calls = 0;
  reducer.for_each(10, [&](Index) { ++calls; });
  EXPECT_EQ(calls, 10);
}

TEST(Reducer, RefusesThreadsOutOfRange) {
  EXPECT_THROW(Reducer(0), Error);
  EXPECT_THROW(Reducer(1025), Error);
  EXPECT_GE(available_threads(), 1);
}

}  // namespace
}  // namespace partwise
