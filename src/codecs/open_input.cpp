#include <partwise/audio_file.hpp>
#include <partwise/audio_input.hpp>

namespace partwise {

std::unique_ptr<ByteSource> open_input(const std::string& input, const InputLimits& limits,
                                       const RunControl& control) {
  switch (input_kind(input)) {
    case InputKind::standard_input:
      return read_standard_input(limits, control);
    case InputKind::address:
      return fetch_address(input, limits, control);
    case InputKind::file:
      break;
  }
  return open_file(input);
}

}  // namespace partwise
