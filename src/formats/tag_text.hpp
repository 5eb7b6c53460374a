#pragma once
#include <string>
#include <string_view>

namespace partwise {

/// The text of a tag as AudioTags holds it: up to the first zero byte, one line, no control
/// characters, no blanks around it. Bytes that are not UTF-8 are taken for Latin-1, which is what
/// WAV, AIFF and ID3 of that age hold.
[[nodiscard]] std::string tag_text(std::string_view bytes);

}  // namespace partwise
