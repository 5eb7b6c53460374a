#include <algorithm>
#include <options/command_text.hpp>

namespace partwise {
namespace {

/// As one word of a POSIX shell.
std::string shell_word(std::string_view word) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._-/:,+=%@").find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::all_of(word.begin(), word.end(), plain)) return std::string(word);
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// The words of one option from its value; none where it has none.
std::string words_of(const OptionSpec& spec, const OptionValue& value) {
  const std::string name = " --" + std::string(spec.name);
  if (std::holds_alternative<std::monostate>(value)) {
    return spec.not_given.empty() ? "" : name + " " + std::string(spec.not_given);
  }
  if (const bool* on = std::get_if<bool>(&value)) return *on ? name : "";
  const std::string text = option_text(value);
  // After a space, a text that begins with a dash would be read as an option.
  const bool is_number = std::holds_alternative<double>(value);
  return name + (text.starts_with('-') && !is_number ? "=" : " ") + shell_word(text);
}

/// What would be in force if only the preset and the parts had been given, which are named.
RunOptions defaults_with(const RunOptions& options) {
  RunOptions defaults;
  if (options.librosa) defaults = librosa_preset(defaults);
  defaults.librosa = false;
  defaults.analysis.parts = options.analysis.parts;
  defaults.analysis = resolve(defaults.analysis);
  defaults.analysis.parts = {};
  return defaults;
}

/// Is it named in the command? With parts the number of components is, where it was given: it may
/// depend on the recording.
bool is_named(const OptionSpec& spec, const RunOptions& options, const RunOptions& defaults) {
  if (spec.use.reach < OptionReach::outputs) return false;
  if (spec.name == "components" && options.analysis.parts.wanted()) {
    return options.analysis.factorize.num_components.has_value();
  }
  RunOptions in_force = options;
  in_force.analysis = resolve(options.analysis);
  return spec.get(in_force) != spec.get(defaults);
}

}  // namespace

std::string command_text(const RunOptions& options, const std::string& input_name) {
  const RunOptions defaults = defaults_with(options);
  // A name that begins with a dash would be read as an option.
  std::string text = "partwise decompose " +
                     shell_word(input_name.starts_with('-') ? "./" + input_name : input_name);
  bool loss_named = false;
  for (const OptionSpec* option : options_of(Command::decompose)) {
    const OptionSpec& spec = *option;
    if (!is_named(spec, options, defaults)) continue;
    const OptionValue value = spec.get(options);
    if (spec.name == "loss") loss_named = !std::holds_alternative<std::monostate>(value);
    if (spec.name == "beta" && loss_named) continue;
    text += words_of(spec, value);
  }
  return text;
}

}  // namespace partwise
