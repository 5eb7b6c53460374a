#include "parse/typed_names.hpp"

#include <algorithm>
#include <partwise/audio_input.hpp>
#include <partwise/outputs.hpp>
#include <partwise/run_options.hpp>

namespace partwise::program {
namespace {

/// Where the option is not the library's name with hyphens.
struct Alias {
  std::string_view library;
  std::string_view option;
};
constexpr Alias kAliases[] = {{"num_components", "components"},
                              {"max_iterations", "max-iter"},
                              {"tolerance", "tol"},
                              {"start", "init"},
                              {"sample_rate_hz", "sample-rate"},
                              {"product_precision", "precision"}};

/// "" if there is none.
std::string_view option_for(std::string_view library_name) {
  const auto alias = std::ranges::find(kAliases, library_name, &Alias::library);
  if (alias != std::end(kAliases)) return alias->option;
  for (const OptionSpec& spec : option_table()) {
    std::string name(spec.name);
    std::ranges::replace(name, '-', '_');
    if (name == library_name) return spec.name;
  }
  return {};
}

/// By what a message that names its input can be told.
std::string_view name_in_messages(std::string_view input) {
  switch (input_kind(input)) {
    case InputKind::standard_input:
      return "standard input";
    case InputKind::address:
      return "://";  // it has the address without its secrets
    case InputKind::file:
      break;
  }
  return input;
}

}  // namespace

std::string with_typed_names(std::string_view message) {
  const auto end = message.find(" = ");
  if (end == std::string_view::npos) return std::string(message);
  const std::string_view option = option_for(message.substr(0, end));
  if (option.empty()) return std::string(message);
  return "--" + std::string(option) + std::string(message.substr(end));
}

std::string message_about(const std::string& input, std::string_view message) {
  std::string words = with_typed_names(message);
  if (message.find(name_in_messages(input)) != std::string_view::npos) return words;
  return shown_input(input) + ": " + words;
}

}  // namespace partwise::program
