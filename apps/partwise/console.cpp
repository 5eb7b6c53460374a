#include "console.hpp"

#include <cmath>
#include <cstdio>
#include <partwise/display_text.hpp>

#include "standard_streams.hpp"

namespace partwise::program {
namespace {

/// printf's "%.*f"; a dash for what is not a number.
std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  char text[400];  // the largest double has 309 digits before the point
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string pad_left(std::string text, std::size_t columns) {
  return text.size() >= columns ? text : std::string(columns - text.size(), ' ') + text;
}

std::string pad_right(std::string text, std::size_t columns) {
  if (text.size() < columns) text.resize(columns, ' ');
  return text;
}

std::string table_row(std::size_t number, const WrittenPart& part, std::size_t name_columns) {
  const auto& component = part.component;
  constexpr double percent = 100;
  return pad_left(std::to_string(number), 4) + "  " +
         pad_right(display_text(part.file_name), name_columns) +
         pad_left(fixed(component.peak_hz, 1), 10) + "  " + pad_right(component.note, 4) +
         pad_left(fixed(percent * component.energy_share, 1), 8) +
         pad_left(fixed(component.first_onset_s, 2), 10) + pad_left(fixed(part.level_db, 1), 10) +
         "\n";
}

const char* stop_text(StopReason reason) {
  switch (reason) {
    case StopReason::tolerance:
      return "the tolerance was reached";
    case StopReason::max_iterations:
      return "all that were allowed";
    case StopReason::stopped:
      return "stopped";
    case StopReason::silent_input:
      return "the input is silent";
  }
  return "";
}

void print_line(std::string_view prefix, std::string_view message) {
  write_standard_error(std::string(prefix) + display_text(message) + "\n");
}

}  // namespace

void print_error(std::string_view message) { print_line("partwise: ", message); }
void print_warning(std::string_view message) { print_line("partwise: warning: ", message); }

std::string closing_text(const std::string& input_name, const Analysis& analysis,
                         const WrittenRun& run, double seconds) {
  std::size_t name_columns = 8;
  for (const auto& part : run.parts) {
    name_columns = std::max(name_columns, part.file_name.size() + 1);
  }
  std::string out = "   #  " + pad_right("part", name_columns) +
                    "   peak Hz  note energy %   onset s  level dB\n";
  for (std::size_t i = 0; i < run.parts.size(); ++i) {
    out += table_row(i, run.parts[i], name_columns);
  }
  const std::string folder = display_text(run.folder);
  out += "\n" + display_text(input_name) + ": " + std::to_string(run.parts.size()) + " parts, " +
         std::to_string(analysis.iterations) + " iterations (" + stop_text(analysis.stop_reason) +
         "), " + fixed(seconds, 1) + " s\n";
  out += "residual " + fixed(run.residual_db, 1) + " dB of the signal, of the model " +
         fixed(analysis.model_residual_db, 1) + " dB\n";
  out += "written  " + folder + "/\n";
  if (run.report_written) out += "open     " + folder + "/report.html\n";
  return out;
}

}  // namespace partwise::program
