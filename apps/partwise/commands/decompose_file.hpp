#pragma once
#include <cstdint>
#include <partwise/outputs.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// A file that was taken apart.
struct FinishedFile {
  std::string name;  ///< of the input, without folders
  Analysis analysis;
  WrittenRun run;
  double seconds = 0;
};

/// Reads `input`, takes it apart, writes the folder options.output. A start from a file decides the
/// number of components unless `components_given`; `max_memory_bytes` stands in for the options'.
/// Throws Error.
[[nodiscard]] FinishedFile decompose_file(const std::string& input, RunOptions options,
                                          bool components_given, std::uint64_t max_memory_bytes,
                                          const RunControl& control);

}  // namespace partwise::program
