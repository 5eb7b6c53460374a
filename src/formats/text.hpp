#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace partwise {

/// A number for a message, up to six significant digits, '.' in every locale: "0.52", "44100".
[[nodiscard]] std::string number_text(double value);

/// A finite number with that many digits behind the point, '.' in every locale: "0.520".
[[nodiscard]] std::string fixed_text(double value, int digits);

/// Bytes for a message, in quotes: printable ASCII as it is, everything else as \xHH.
[[nodiscard]] std::string quoted(std::span<const std::byte> bytes);
[[nodiscard]] std::string quoted(std::string_view text);

/// What the system says about an errno.
[[nodiscard]] std::string system_text(int error_number);

}  // namespace partwise
