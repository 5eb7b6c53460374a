#include <algorithm>
#include <partwise/error.hpp>
#include <writers/output_table.hpp>

namespace partwise {

// Each is defined in the file of its name.
OutputSpec stems_output();
OutputSpec factors_output();
OutputSpec events_output();
OutputSpec one_shots_output();
OutputSpec session_output();
OutputSpec report_output();
OutputSpec pictures_output();
OutputSpec summary_output();

std::span<const OutputSpec> output_table() {
  static const std::vector<OutputSpec> table = {
      stems_output(),   factors_output(), events_output(),   one_shots_output(),
      session_output(), report_output(),  pictures_output(), summary_output(),
  };
  return table;
}

void check_order(std::span<const OutputSpec> table) {
  std::vector<std::string_view> before;
  const auto is_before = [&](std::string_view name) {
    return std::find(before.begin(), before.end(), name) != before.end();
  };
  const auto refuse = [](const OutputSpec& output, const std::string& why) {
    throw Error(ErrorCode::internal, "output " + std::string(output.name) + " " + why);
  };
  for (const OutputSpec& output : table) {
    if (is_before(output.name)) refuse(output, "stands in the table twice");
    for (const std::string_view needed : output.after) {
      if (needed == kAllOthers) {
        if (&output != &table.back()) refuse(output, "does not stand last");
        continue;
      }
      if (!is_before(needed)) refuse(output, "stands before " + std::string(needed));
    }
    before.push_back(output.name);
  }
}

void check_outputs(std::span<const OutputSpec> table, const RunOptions& options,
                   const RunPlan& plan) {
  for (const OutputSpec& output : table) {
    if (output.check != nullptr && output.wanted(options)) output.check(options, plan);
  }
}

}  // namespace partwise
