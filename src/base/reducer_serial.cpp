// Reducer without threads (browsers, plugins). Chosen by CMake; the results are the same bits.
#include <partwise/error.hpp>
#include <partwise/reducer.hpp>
#include <string>

namespace partwise {

class Reducer::Pool {};

Reducer::Reducer(int threads) {
  // The same range as with threads: a caller need not know which library it has.
  if (!kThreadsRange.contains(threads)) {
    throw bad_argument("threads", threads, kThreadsRange);
  }
}
Reducer::~Reducer() = default;

int Reducer::threads() const { return 1; }

void Reducer::for_each(Index count, const std::function<void(Index)>& task) {
  for (Index i = 0; i < count; ++i) task(i);
}

void Reducer::reduce(std::span<double> /*values*/, Reduction /*reduction*/) {}

int available_threads() { return 1; }

}  // namespace partwise
