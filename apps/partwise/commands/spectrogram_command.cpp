#include "commands/spectrogram_command.hpp"

#include <algorithm>
#include <filesystem>
#include <partwise/audio_file.hpp>
#include <partwise/audio_input.hpp>
#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <partwise/picture.hpp>
#include <partwise/stft.hpp>

#include "commands/console.hpp"
#include "commands/read_input.hpp"
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
  throw Error(ErrorCode::usage, "--output = " + path + ", expected another file than the input");
}

}  // namespace

void spectrogram(const std::string& input, const RunOptions& options, RunControl& control) {
  const std::string name = input_name(input);
  const std::string path = options.output.empty() ? picture_name(name) : options.output;
  Reducer reducer(options.threads == 0 ? available_threads() : options.threads);
  check_is_not_input(path, input);
  const Input read = read_input(input, open_if_file(input), options, reducer, control);
  for (const auto& warning : read.facts.info.warnings) print_warning(warning);

  StftOptions stft = options.analysis.stft;
  if (stft.n_fft == 0) stft.n_fft = default_stft_options(read.signal.sample_rate_hz).n_fft;
  if (stft.hop_length == 0) stft.hop_length = std::max<Index>(1, stft.n_fft / 4);
  constexpr int kMagnitudes = 1;
  const Matrix<float> v =
      magnitude_spectrogram<float>(read.signal, stft, kMagnitudes, reducer, control);
  SpectrogramPlot plot = options.plot;
  if (!options.has_title) plot.title = name;
  const double rate = read.signal.sample_rate_hz;
  const Image image = draw_spectrogram(v, kMagnitudes, rate / static_cast<double>(stft.n_fft),
                                       static_cast<double>(stft.hop_length) / rate, plot);
  save_png(image, path, options.force);
  if (!options.quiet) write_standard_output(display_text(path) + "\n");
}

}  // namespace partwise::program
