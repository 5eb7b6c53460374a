#include <base/utf8.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <store/option_json.hpp>

namespace partwise {
namespace {

/// Bytes that are not UTF-8 read as \xHH.
std::string as_utf8(std::string_view text) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    if (length == 0) {
      const auto byte = static_cast<unsigned char>(text[i]);
      out += {'\\', 'x', kHexDigits[byte >> 4], kHexDigits[byte & 15U]};
    }
    out += text.substr(i, length);
    i += std::max<std::size_t>(1, length);
  }
  return out;
}

struct ToJson {
  const OptionSpec& spec;
  JsonWriter& json;

  void operator()(std::monostate) const {
    spec.not_given.empty() ? json.null() : json.value(spec.not_given);
  }
  void operator()(bool value) const { json.value(value); }
  void operator()(Index value) const { json.value(value); }
  void operator()(double value) const {
    constexpr double kMostExact = 9e15;  // below 2^53
    const bool whole = std::trunc(value) == value && std::abs(value) < kMostExact;
    whole ? json.value(static_cast<Index>(value)) : json.value(value);
  }
  void operator()(const std::string& text) const { json.value(as_utf8(text)); }
  void operator()(const std::vector<std::string>& names) const {
    json.value(as_utf8(option_text(names)));
  }
};

}  // namespace

void write_option(const OptionSpec& spec, const OptionValue& value, JsonWriter& json) {
  std::visit(ToJson{spec, json}, value);
}

OptionValue option_value(const nlohmann::json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_integer()) return static_cast<Index>(json.get<std::int64_t>());
  if (json.is_number()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  return {};
}

}  // namespace partwise
