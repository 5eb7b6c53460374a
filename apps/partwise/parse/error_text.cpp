#include "parse/error_text.hpp"

#include <partwise/audio_input.hpp>
#include <partwise/option_names.hpp>
#include <partwise/outputs.hpp>
#include <string_view>

namespace partwise::program {
namespace {

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

std::string error_text(const Error& error) { return error.text(flag_of); }

std::string error_text_for(const std::string& input, const std::string& message) {
  if (message.find(name_in_messages(input)) != std::string::npos) return message;
  return shown_input(input) + ": " + message;
}

std::string error_text_for(const std::string& input, const Error& error) {
  return error_text_for(input, error_text(error));
}

}  // namespace partwise::program
