#pragma once
#include <cstddef>
#include <formats/wav_header.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/matrix.hpp>
#include <span>
#include <vector>

namespace partwise {

/// Bytes of WAV data, channels interleaved, to floats: integers s as s / 2^(bits-1), 8 bit as
/// (s - 128) / 128, doubles rounded to nearest. Fills all of `out` [count x channels].
/// Returns false if a sample had to be rounded to fit a float.
[[nodiscard]] bool decode_samples(WavEncoding encoding, std::span<const std::byte> interleaved,
                                  MatrixView<float> out);

/// Turns samples of `bytes_per_sample` bytes from big-endian to little-endian, in place.
void swap_sample_bytes(std::span<std::byte> samples, Index bytes_per_sample);

/// How many bytes one sample of one channel takes.
[[nodiscard]] Index bytes_per_sample(SampleFormat format);

/// Floats to interleaved WAV bytes, replacing `out`. Integer formats round to the nearest step and
/// clamp to [-1, 1 - 1 step], so that nothing ever wraps.
void encode_samples(SampleFormat format, MatrixView<const float> samples,
                    std::vector<std::byte>& out);

}  // namespace partwise
