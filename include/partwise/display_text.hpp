#pragma once
#include <string>
#include <string_view>

namespace partwise {

/// `text` as it may be shown in a terminal, a page or JSON: valid UTF-8 without control characters.
/// Control characters (C0, DEL, C1) and bytes that are not UTF-8 come out as \xHH. Text without
/// any is returned as it is.
[[nodiscard]] std::string display_text(std::string_view text);

}  // namespace partwise
