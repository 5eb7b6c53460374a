#pragma once
#include <memory>
#include <partwise/run.hpp>
#include <string>

namespace partwise {

/// The file of that path, so that one that cannot be opened is refused before anything else; null
/// for other inputs. Throws Error(cannot_read).
[[nodiscard]] std::unique_ptr<ByteSource> open_if_file(const std::string& input);

/// open_recording() of what open_if_file() opened.
[[nodiscard]] Recording read_recording(const RunInput& input, std::unique_ptr<ByteSource> file,
                                       RunOptions options, const SoundServices& services,
                                       Reducer& reducer, const RunControl& control);

}  // namespace partwise
