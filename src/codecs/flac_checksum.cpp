#include <codecs/flac_checksum.hpp>

namespace partwise {

void FlacChecksum::add(std::span<const float> interleaved) {
  const auto width = (facts_.bits + 7) / 8;
  const auto full_scale = static_cast<float>(1U << (facts_.bits - 1));
  bytes_.resize(interleaved.size() * width);
  std::byte* out = bytes_.data();
  for (const float value : interleaved) {
    const auto integer = static_cast<std::int32_t>(value * full_scale);
    for (unsigned i = 0; i < width; ++i) *out++ = static_cast<std::byte>(integer >> (8 * i));
  }
  md5_.update(bytes_);
}

}  // namespace partwise
