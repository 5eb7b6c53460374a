#include "commands/console.hpp"

#include <unistd.h>

#include <limits>
#include <partwise/display_text.hpp>
#include <partwise/option_names.hpp>

#include "commands/parts_table.hpp"
#include "parse/error_text.hpp"
#include "terminal/standard_streams.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_layout.hpp"

namespace partwise::program {
namespace {

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

void print_line(std::string_view label, Colour colour, std::string_view message) {
  write_standard_error(painted(label, colour, shows_colour(STDERR_FILENO)) + " " +
                       display_text(message) + "\n");
}

/// Text for people, broken where their terminal ends; for files and programs it stays as it is.
std::string fitted(const std::string& text, bool to_terminal, std::size_t columns) {
  return to_terminal ? paragraph(text, 0, columns) : text + "\n";
}

}  // namespace

void print_error(std::string_view message) { print_line("partwise:", Colour::red, message); }
void print_error(const Error& error) { print_error(error_text(error)); }
void print_warning(const Message& message) {
  print_line("partwise: warning:", Colour::yellow, message.text(flag_of));
}

std::string closing_text(const FinishedRun& done) {
  const Analysis& analysis = done.run.analysis();
  const WrittenRun& written = done.written;
  const bool to_terminal = is_terminal(STDOUT_FILENO);
  const std::size_t columns =
      to_terminal ? terminal_columns(STDOUT_FILENO) : std::numeric_limits<std::size_t>::max();
  const std::string folder = display_text(written.folder);
  std::string out = parts_table(written.parts, columns, shows_colour(STDOUT_FILENO)) + "\n";
  std::string gathered;
  if (analysis.parts.gathered()) {
    gathered = " from " + std::to_string(analysis.w.cols()) + " components";
    if (analysis.parts.method == PartMethod::drums) gathered += " refined as drums";
  }
  out += fitted(display_text(done.run.facts().name) + ": " + std::to_string(written.parts.size()) +
                    " parts" + gathered + ", " + std::to_string(analysis.iterations) +
                    " iterations (" + stop_text(analysis.stop_reason) + "), " +
                    fixed(done.run.seconds(), 1) + " s",
                to_terminal, columns);
  out += fitted("residual " + fixed(written.residual_db, 1) + " dB of the signal, of the model " +
                    fixed(analysis.model_residual_db, 1) + " dB",
                to_terminal, columns);
  out += "written  " + folder + "/\n";
  if (written.report_written) out += "open     " + folder + "/report.html\n";
  return out;
}

std::string closing_line(const std::string& input, const FinishedRun& done) {
  const WrittenRun& written = done.written;
  return display_text(input) + ": " + std::to_string(written.parts.size()) + " parts in " +
         display_text(written.folder) + "/ (" + std::to_string(done.run.analysis().iterations) +
         " iterations, " + fixed(done.run.seconds(), 1) + " s)\n";
}

}  // namespace partwise::program
