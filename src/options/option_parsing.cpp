#include <charconv>
#include <options/option_parsing.hpp>
#include <partwise/error.hpp>
#include <system_error>

namespace partwise {
namespace {

/// from_chars over the whole text: no spaces, no sign but a minus, nothing left over, no overflow.
template <class Value>
bool read_whole(std::string_view text, Value& value) {
  const char* end = text.data() + text.size();
  const auto [stopped_at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc{} && stopped_at == end;
}

}  // namespace

void refuse(std::string_view option, std::string_view value, const Message& range) {
  throw bad_argument(option, value, range);
}

std::optional<Index> read_integer(std::string_view text) {
  Index value = 0;
  return read_whole(text, value) ? std::optional(value) : std::nullopt;
}

std::optional<double> read_number(std::string_view text) {
  double value = 0;
  return read_whole(text, value) ? std::optional(value) : std::nullopt;
}

std::string_view last_path_component(std::string_view path) {
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos || path.size() == 1 ? path : path.substr(slash + 1);
}

}  // namespace partwise
