#pragma once
#include <partwise/message.hpp>
#include <partwise/run_options.hpp>
#include <string>
#include <string_view>

namespace partwise {

/// The row of the option table for an option that an Error or a Message names: by the field that
/// it sets ("num_components") or by its long name, with hyphens or underscores. nullptr if it is no
/// option, but a parameter of a function.
[[nodiscard]] const OptionSpec* find_option_by_field(std::string_view field);

/// As the program spells it, "--components"; `field` itself if it is no option.
[[nodiscard]] std::string flag_of(std::string_view field);

/// As Python spells it, "n_components"; `field` itself if it is no option.
[[nodiscard]] std::string python_name_of(std::string_view field);

/// An option's line of help. The table names other options in braces: "{max-iter} is 150 then".
[[nodiscard]] Message help_of(const OptionSpec& spec);

}  // namespace partwise
