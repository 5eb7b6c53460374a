#pragma once
#include <string>
#include <string_view>

// What is made of the tables of commands and options when partwise is built.
namespace partwise::manual {

/// partwise.1 in the man macros. `date` is YYYY-MM-DD.
[[nodiscard]] std::string man_page(std::string_view date);

/// Completion for each shell: every command, option, word an option takes, and file arguments.
[[nodiscard]] std::string bash_completion();
[[nodiscard]] std::string zsh_completion();
[[nodiscard]] std::string fish_completion();

}  // namespace partwise::manual
