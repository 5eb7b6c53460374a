#pragma once
#include <base/json_writer.hpp>
#include <nlohmann/json_fwd.hpp>
#include <partwise/option_spec.hpp>

namespace partwise {

/// Writes what summary.json has for an option: null, or the option's word, where it is not given;
/// whole numbers without a point; names with commas between them.
void write_option(const OptionSpec& spec, const OptionValue& value, JsonWriter& json);

/// The value that stands there; nothing for null and for what no option can be.
[[nodiscard]] OptionValue option_value(const nlohmann::json& json);

}  // namespace partwise
