#pragma once
#include <disk/staged_folder.hpp>
#include <partwise/outputs.hpp>
#include <string>
#include <vector>

namespace partwise {

/// The version of summary.json's shape. docs/summary-schema.json describes it.
inline constexpr int kSummarySchemaVersion = 1;

/// Everything summary.json says.
struct SummaryFacts {
  const Signal& signal;
  const Analysis& analysis;
  const InputFacts& input;
  RunOptions options;  ///< as they were in force
  std::vector<WrittenPart> parts;
  std::vector<Message> warnings;
  std::vector<StagedFile> files;
  RunSeconds seconds;
  double residual_db = 0;
};

/// The text of summary.json. What is not a finite number becomes null.
[[nodiscard]] std::string summary_json(const SummaryFacts& facts);

}  // namespace partwise
