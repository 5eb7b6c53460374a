#pragma once
// The part of JSON Schema that the schemas in docs/ use.
#include <nlohmann/json.hpp>
#include <string>

namespace partwise::test {

using nlohmann::json;

inline bool has_type(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

/// Returns the first thing that is wrong, or "".
inline std::string first_fault(const json& value, const json& schema, const std::string& path) {
  if (schema.contains("enum")) {
    for (const json& allowed : schema["enum"]) {
      if (allowed == value) return "";
    }
    return path + " = " + value.dump() + " is not in the list";
  }
  if (schema.contains("type")) {
    const json types = schema["type"].is_array() ? schema["type"] : json::array({schema["type"]});
    bool fits = false;
    for (const json& type : types) fits = fits || has_type(value, type.get<std::string>());
    if (!fits) return path + " = " + value.dump() + " has the wrong type";
  }
  if (value.is_array() && schema.contains("items")) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto wrong = first_fault(value[i], schema["items"], path + "/" + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
  }
  if (!value.is_object()) return "";
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name.get<std::string>())) return path + " lacks " + name.dump();
  }
  for (const auto& [name, member] : value.items()) {
    const json properties = schema.value("properties", json::object());
    const json rest = schema.value("additionalProperties", json(true));
    if (!properties.contains(name) && rest == json(false)) return path + " has an unknown " + name;
    const json& next = properties.contains(name) ? properties[name] : rest;
    const auto wrong = next.is_object() ? first_fault(member, next, path + "/" + name) : "";
    if (!wrong.empty()) return wrong;
  }
  return "";
}

}  // namespace partwise::test
