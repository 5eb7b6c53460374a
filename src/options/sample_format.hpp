#pragma once
#include <partwise/audio_file.hpp>
#include <partwise/run_options.hpp>

namespace partwise {

/// What the samples of an output format are.
[[nodiscard]] inline SampleFormat sample_format_of(OutputFormat format) {
  switch (format) {
    case OutputFormat::wav:
      return SampleFormat::float32;
    case OutputFormat::wav16:
    case OutputFormat::flac16:
      return SampleFormat::pcm16;
    case OutputFormat::wav24:
    case OutputFormat::flac:
      return SampleFormat::pcm24;
  }
  return SampleFormat::float32;
}

}  // namespace partwise
