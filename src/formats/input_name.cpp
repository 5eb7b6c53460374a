#include <algorithm>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <partwise/input_name.hpp>

namespace partwise {
namespace {

constexpr std::size_t kMostNameBytes = 64, kMostExtensionBytes = 8;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// "https" of "https://...", in small letters; empty for what is no address.
std::string scheme_of(std::string_view input) {
  std::string scheme(input.substr(0, input.find("://")));
  if (scheme.size() == input.size() || scheme.empty() || !is_letter(scheme.front())) return {};
  for (char& c : scheme) {
    if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return {};
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return scheme;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                        hex_value(text[i + 2]) >= 0;
    out +=
        escape ? static_cast<char>(16 * hex_value(text[i + 1]) + hex_value(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

/// Letters, digits, - and _; one _ for a run of anything else, none at the ends.
std::string safe_name(std::string_view text, std::size_t most) {
  std::string out;
  for (const char c : text) {
    const bool kept = is_letter(c) || is_digit(c) || c == '-' || c == '_';
    if (kept) out += c;
    if (!kept && !out.empty() && out.back() != '_') out += '_';
    if (out.size() == most) break;
  }
  while (!out.empty() && out.back() == '_') out.pop_back();
  return out;
}

std::string address_name(std::string_view address) {
  std::string_view path = address.substr(address.find("://") + 3);
  path = path.substr(0, path.find_first_of("?#"));
  const auto slash = path.rfind('/');
  const std::string last =
      slash == std::string_view::npos ? std::string() : percent_decoded(path.substr(slash + 1));
  const auto dot = last.rfind('.');
  const bool has_extension = dot != std::string::npos && dot != 0;
  const std::string stem =
      safe_name(last.substr(0, has_extension ? dot : last.size()), kMostNameBytes);
  const std::string extension =
      has_extension ? safe_name(last.substr(dot + 1), kMostExtensionBytes) : std::string();
  return (stem.empty() ? "address" : stem) + (extension.empty() ? "" : "." + extension);
}

}  // namespace

InputKind input_kind(std::string_view input) {
  if (input.empty()) {
    throw bad_argument("FILE", input, "a path, - or an address");
  }
  if (input == "-") return InputKind::standard_input;
  const std::string scheme = scheme_of(input);
  if (scheme.empty()) return InputKind::file;
  if (scheme == "http" || scheme == "https") return InputKind::address;
  throw bad_argument("FILE", scheme + "://...", "an address that begins with http:// or https://",
                     "for a file of that name, ./ before it");
}

std::string input_name(std::string_view input) {
  switch (input_kind(input)) {
    case InputKind::standard_input:
      return "stdin";
    case InputKind::address:
      return address_name(input);
    case InputKind::file:
      break;
  }
  return std::string(input.substr(input.rfind('/') + 1));
}

}  // namespace partwise
