#include "commands/spectrogram_command.hpp"

#include <filesystem>
#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <partwise/image.hpp>
#include <partwise/run.hpp>

#include "commands/console.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {
namespace {

/// The input's name with another extension.
std::string picture_name(const std::string& name) {
  const auto dot = name.rfind('.');
  return name.substr(0, dot == 0 ? std::string::npos : dot) + ".png";
}

/// --force replaces what is there, but never the recording itself.
void check_is_not_input(const std::string& path, const std::string& input) {
  std::error_code missing;  // then they are not the same
  if (!std::filesystem::equivalent(path, input, missing)) return;
  throw bad_argument("output", path, "another file than the input");
}

}  // namespace

void spectrogram(const std::string& input, const RunOptions& options, RunControl& control) {
  const std::string name = input_name(input);
  const std::string path = options.output.empty() ? picture_name(name) : options.output;
  check_is_not_input(path, input);
  Reducer reducer(threads_of(options));
  const Recording recording = open_recording({input}, options, codec_services(), reducer, control);
  for (const auto& warning : recording.facts.info.warnings) print_warning(warning);
  save_png(spectrogram_image(recording, options, reducer, control), path, options.force);
  if (!options.quiet) write_standard_output(display_text(path) + "\n");
}

}  // namespace partwise::program
