#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <partwise/error.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <vector>

namespace partwise::program {

/// How the work on one file of several ended. What was found is told in a line: to keep all of it
/// would take memory that the other files need.
struct FileOutcome {
  std::string line;  ///< for standard output; empty: nothing
  std::vector<std::string> warnings;
  std::string error;  ///< empty: it did not fail
  ErrorCode code{};   ///< of the error
};

/// One file of several.
struct FileJob {
  std::string input;
  std::string shown;  ///< what messages call it
  RunOptions options;
  std::uint64_t max_memory_bytes = 0;  ///< its share of what all may take
  RunControl control;                  ///< of this file alone
  std::mutex mutex;  ///< guards what follows: a worker writes it, the main thread reads it
  Progress progress;
  std::optional<FileOutcome> outcome;
};

/// Takes the job's file apart. Throws nothing: what fails is in job.outcome.
void run_job(FileJob& job) noexcept;

}  // namespace partwise::program
