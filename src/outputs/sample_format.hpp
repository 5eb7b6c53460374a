#pragma once
#include <cstdint>
#include <partwise/audio_file.hpp>
#include <partwise/run_options.hpp>

namespace partwise {

/// What the samples of an output format are.
[[nodiscard]] inline SampleFormat sample_format_of(OutputFormat format) {
  switch (format) {
    case OutputFormat::wav:
      return SampleFormat::float32;
    case OutputFormat::wav16:
      return SampleFormat::pcm16;
    case OutputFormat::wav24:
    case OutputFormat::flac:
      return SampleFormat::pcm24;
  }
  return SampleFormat::float32;
}

[[nodiscard]] inline std::uint64_t bytes_per_sample(SampleFormat format) {
  switch (format) {
    case SampleFormat::float32:
      return 4;
    case SampleFormat::pcm24:
      return 3;
    case SampleFormat::pcm16:
      return 2;
  }
  return 4;
}

}  // namespace partwise
