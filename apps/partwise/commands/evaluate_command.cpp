#include "commands/evaluate_command.hpp"

#include <unistd.h>

#include <partwise/audio_file.hpp>
#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <partwise/run.hpp>

#include "commands/console.hpp"
#include "commands/evaluation_text.hpp"
#include "commands/exit_codes.hpp"
#include "parse/error_text.hpp"
#include "terminal/standard_streams.hpp"
#include "terminal/terminal.hpp"
#include "terminal/text_layout.hpp"

namespace partwise::program {
namespace {

/// The items that could be scored; what the others failed of.
struct Evaluated {
  std::vector<EvaluatedItem> items;
  std::vector<ErrorCode> failures;
};

Evaluated evaluate_all(const std::vector<EvaluationItem>& items, const RunOptions& options,
                       const RunControl& control) {
  Reducer reducer(threads_of(options));
  const ReadSound read = [&](const std::string& path, const DecodeRange& range) {
    return decode_audio(*open_file(path), range, control, decode_rules(options));
  };
  Evaluated out;
  for (const EvaluationItem& item : items) {
    if (item.estimates.empty()) {
      print_warning(display_text(item.name) + ": there are no parts of that name: left out");
      continue;
    }
    try {
      out.items.push_back(evaluate_item(item, options.evaluation, memory_limit_bytes(options), read,
                                        reducer, control));
    } catch (const Error& error) {
      if (error.code() == ErrorCode::stopped || items.size() == 1) throw;
      print_error(error_text_for(item.name, error));
      out.failures.push_back(error.code());
      continue;
    }
    for (const std::string& warning : out.items.back().warnings) {
      print_warning(items.size() > 1 ? item.name + ": " + warning : warning);
    }
  }
  return out;
}

}  // namespace

int evaluate(const std::string& references, const std::string& estimates, const RunOptions& options,
             RunControl& control) {
  check_standard_output();
  const auto items = find_items(references, estimates, options.evaluation);
  const Evaluated done = evaluate_all(items, options, control);
  const bool to_terminal = is_terminal(STDOUT_FILENO);
  const std::size_t columns = to_terminal ? terminal_columns(STDOUT_FILENO) : kNoLimit;
  const bool colour = shows_colour(STDOUT_FILENO);
  if (options.json) {
    write_standard_output(evaluation_json(done.items, options.evaluation));
  } else if (items.size() == 1) {
    write_standard_output(item_text(done.items.front(), columns, colour));
  } else if (!done.items.empty()) {
    write_standard_output(items_text(done.items, columns, colour));
  }
  return exit_code_of(done.failures);
}

}  // namespace partwise::program
