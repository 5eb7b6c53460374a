#pragma once
#include <string>
#include <string_view>

namespace partwise {

/// What a person may name as input.
enum class InputKind {
  file,            ///< a path
  standard_input,  ///< "-"
  address,         ///< "http://..." or "https://..."
};

/// Which of them `input` is. Throws Error(usage) for nothing, and for other addresses
/// ("ftp://...").
[[nodiscard]] InputKind input_kind(std::string_view input);

/// What outputs call it, never a path: the file's own name, "stdin", or the end of the address's
/// path in letters, digits, - and _ with its extension ("https://x.org/a/My%20Loop.flac?id=7" gives
/// "My_Loop.flac"; an address without such a name "address").
[[nodiscard]] std::string input_name(std::string_view input);

}  // namespace partwise
