#include <algorithm>
#include <nlohmann/json.hpp>
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

/// These say where and how it ran, not what came of it.
bool is_of_the_machine(std::string_view name) {
  constexpr std::string_view kNames[] = {"output", "threads",    "quiet",
                                         "json",   "max-memory", "force"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

/// The words of one option from its JSON value; none where it has none.
std::string words_of(const OptionSpec& spec, const std::string& value) {
  const std::string name = " --" + std::string(spec.name);
  if (value == "null" || value == "false") return "";
  if (value == "true") return name;
  if (!value.starts_with('"')) return name + " " + shell_word(value);
  const auto text = nlohmann::json::parse(value).get<std::string>();
  // After a space, a text that begins with a dash would be read as an option.
  return name + (text.starts_with('-') ? "=" : " ") + shell_word(text);
}

/// The defaults beside the presets that are in force, which themselves are not at their default.
RunOptions defaults_beside(const RunOptions& options) {
  RunOptions defaults;
  if (options.librosa) apply_librosa_preset(defaults);
  defaults.librosa = false;
  if (!options.analysis.parts.wanted()) return defaults;
  find_option("parts")->set(defaults, "auto");
  defaults.analysis.parts = {};
  return defaults;
}

/// With --parts the number of components is said where it was given, be it the default of other
/// runs.
bool is_said(const OptionSpec& spec, const RunOptions& options, const RunOptions& defaults) {
  const PartsOptions& parts = options.analysis.parts;
  if (spec.name == "components" && parts.wanted()) return !parts.choose_components;
  return spec.get(options) != spec.get(defaults);
}

}  // namespace

std::string command_text(const RunOptions& options, const std::string& input_name) {
  const RunOptions defaults = defaults_beside(options);
  // A name that begins with a dash would be read as an option.
  std::string text = "partwise decompose " +
                     shell_word(input_name.starts_with('-') ? "./" + input_name : input_name);
  bool loss_named = false;
  for (const OptionSpec* option : options_of(Command::decompose)) {
    const OptionSpec& spec = *option;
    const std::string value = spec.get(options);
    if (!spec.use.in_summary || is_of_the_machine(spec.name)) continue;
    if (!is_said(spec, options, defaults)) continue;
    if (spec.name == "loss") loss_named = value != "null";
    if (spec.name == "beta" && loss_named) continue;
    text += words_of(spec, value);
  }
  return text;
}

}  // namespace partwise
