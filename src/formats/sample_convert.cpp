#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <formats/little_endian.hpp>
#include <formats/sample_convert.hpp>
#include <type_traits>

namespace partwise {
namespace {

// Powers of two: the products below are exact.
constexpr float kStep8 = 1.0F / 128;
constexpr float kStep16 = 1.0F / 32768;
constexpr float kStep32 = 1.0F / 2147483648.0F;

/// 24 bits in the upper end of an int32; the sign comes for free and the scale is that of 32 bits.
std::int32_t load_24_high(const std::byte* p) {
  const auto b0 = std::to_integer<std::uint32_t>(p[0]);
  const auto b1 = std::to_integer<std::uint32_t>(p[1]);
  const auto b2 = std::to_integer<std::uint32_t>(p[2]);
  return static_cast<std::int32_t>((b0 << 8) | (b1 << 16) | (b2 << 24));
}

/// Calls body(channels) with 1 and 2 known to the compiler, so that the usual loops vectorise.
template <class Body>
void with_channels(Index channels, Body body) {
  if (channels == 1) {
    body(std::integral_constant<Index, 1>{});
  } else if (channels == 2) {
    body(std::integral_constant<Index, 2>{});
  } else {
    body(channels);
  }
}

/// out(i, c) = load(address of that sample).
template <Index kBytes, class Load>
void deinterleave(const std::byte* in, MatrixView<float> out, Load load) {
  with_channels(out.cols, [&](auto channels) {
    const Index step = channels * kBytes;
    for (Index c = 0; c < out.cols; ++c) {
      const std::byte* p = in + c * kBytes;
      float* column = out.column(c);
      for (Index i = 0; i < out.rows; ++i) column[i] = load(p + i * step);
    }
  });
}

/// The same for samples that a float may have to round; true if none was.
template <class T>
bool deinterleave_rounded(const std::byte* in, MatrixView<float> out, float scale) {
  // Every int32 and every double is a double, so the comparison sees each lost bit.
  int inexact = 0;
  deinterleave<sizeof(T)>(in, out, [&](const std::byte* p) {
    const T value = load_le<T>(p);
    const auto rounded = static_cast<float>(value);
    inexact |= static_cast<double>(rounded) != static_cast<double>(value) ? 1 : 0;
    return rounded * scale;
  });
  return inexact == 0;
}

/// The step nearest to `value`, in units of steps; NaN becomes the lowest.
std::int32_t nearest_step(float value, float full_scale) {
  const float scaled = value * full_scale;  // exact: a power of two
  const float clamped = std::min(std::max(-full_scale, scaled), full_scale - 1);
  return static_cast<std::int32_t>(std::lrint(clamped));
}

/// put(address of the bytes, sample) for every sample, channels interleaved.
template <Index kBytes, class Put>
void interleave(MatrixView<const float> samples, std::byte* out, Put put) {
  with_channels(samples.cols, [&](auto channels) {
    const Index step = channels * kBytes;
    for (Index c = 0; c < samples.cols; ++c) {
      std::byte* p = out + c * kBytes;
      const float* column = samples.column(c);
      for (Index i = 0; i < samples.rows; ++i) put(p + i * step, column[i]);
    }
  });
}

}  // namespace

bool decode_samples(WavEncoding encoding, std::span<const std::byte> interleaved,
                    MatrixView<float> out) {
  const std::byte* in = interleaved.data();
  switch (encoding) {
    case WavEncoding::pcm_u8:
      deinterleave<1>(in, out, [](const std::byte* p) {
        return static_cast<float>(std::to_integer<int>(*p) - 128) * kStep8;
      });
      return true;
    case WavEncoding::pcm16:
      deinterleave<2>(in, out, [](const std::byte* p) {
        return static_cast<float>(load_le<std::int16_t>(p)) * kStep16;
      });
      return true;
    case WavEncoding::pcm24:
      deinterleave<3>(in, out, [](const std::byte* p) {
        return static_cast<float>(load_24_high(p)) * kStep32;
      });
      return true;
    case WavEncoding::pcm32:
      return deinterleave_rounded<std::int32_t>(in, out, kStep32);
    case WavEncoding::float32:
      deinterleave<4>(in, out, [](const std::byte* p) { return load_le<float>(p); });
      return true;
    case WavEncoding::float64:
      return deinterleave_rounded<double>(in, out, 1.0F);
  }
  assert(false);
  return false;
}

void swap_sample_bytes(std::span<std::byte> samples, Index bytes_per_sample) {
  const auto step = static_cast<std::size_t>(bytes_per_sample);
  if (step < 2) return;
  for (std::size_t i = 0; i + step <= samples.size(); i += step) {
    std::reverse(samples.data() + i, samples.data() + i + step);
  }
}

Index bytes_per_sample(SampleFormat format) {
  switch (format) {
    case SampleFormat::float32:
      return 4;
    case SampleFormat::pcm24:
      return 3;
    case SampleFormat::pcm16:
      return 2;
  }
  assert(false);
  return 0;
}

void encode_samples(SampleFormat format, MatrixView<const float> samples,
                    std::vector<std::byte>& out) {
  constexpr float kFullScale16 = 32768;
  constexpr float kFullScale24 = 8388608;
  out.resize(static_cast<std::size_t>(samples.rows * samples.cols * bytes_per_sample(format)));
  switch (format) {
    case SampleFormat::float32:
      interleave<4>(samples, out.data(),
                    [](std::byte* p, float value) { std::memcpy(p, &value, sizeof value); });
      break;
    case SampleFormat::pcm24:
      interleave<3>(samples, out.data(), [](std::byte* p, float value) {
        const std::int32_t step = nearest_step(value, kFullScale24);
        std::memcpy(p, &step, 3);
      });
      break;
    case SampleFormat::pcm16:
      interleave<2>(samples, out.data(), [](std::byte* p, float value) {
        const auto step = static_cast<std::int16_t>(nearest_step(value, kFullScale16));
        std::memcpy(p, &step, sizeof step);
      });
      break;
  }
}

}  // namespace partwise
