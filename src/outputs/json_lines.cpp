#include <cmath>
#include <outputs/option_parsing.hpp>
#include <partwise/json_lines.hpp>

namespace partwise {
namespace {

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::fetch:
      return "fetch";
    case Stage::decode:
      return "decode";
    case Stage::transform:
      return "transform";
    case Stage::factorize:
      return "factorize";
    case Stage::separate:
      return "separate";
    case Stage::write:
      return "write";
    case Stage::report:
      return "report";
  }
  return "unknown";
}

/// Cut to what a reader needs of shares and seconds.
std::string short_number(double value) {
  constexpr double kSteps = 1e4;
  return json_number(std::round(value * kSteps) / kSteps);
}

}  // namespace

std::string progress_json(const Progress& progress, double seconds) {
  const bool iterates = progress.stage == Stage::factorize && progress.iteration > 0;
  return "{\"stage\": " + json_string(name_of(progress.stage)) +
         ", \"share\": " + short_number(progress.share) +
         ", \"iteration\": " + (iterates ? json_integer(progress.iteration) : "null") +
         ", \"objective\": " + (iterates ? json_number(progress.objective) : "null") +
         ", \"seconds\": " + short_number(seconds) + "}";
}

}  // namespace partwise
