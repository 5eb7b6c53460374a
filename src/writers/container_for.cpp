#include <algorithm>
#include <partwise/error.hpp>
#include <writers/container_for.hpp>

namespace partwise {

Container container_for(const SoundServices& services, OutputFormat format) {
  const std::string_view extension = is_flac(format) ? "flac" : "wav";
  const auto found = std::find_if(services.containers.begin(), services.containers.end(),
                                  [&](const Container& c) { return c.extension == extension; });
  if (found != services.containers.end()) return *found;
  throw bad_argument("format", "flac", "wav, wav24 or wav16: there are no codecs here");
}

}  // namespace partwise
