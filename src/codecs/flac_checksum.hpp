#pragma once
#include <codecs/md5.hpp>
#include <codecs/probe.hpp>
#include <vector>

namespace partwise {

/// The sum of a FLAC file's samples, to compare with the one in its header. RFC 9639, section 8.2.
class FlacChecksum {
 public:
  explicit FlacChecksum(const FlacFacts& facts) : facts_(facts) {}

  /// Values of all channels as libsndfile gives them: integers / 2^(bits - 1), exact in float.
  void add(std::span<const float> interleaved);

  [[nodiscard]] bool agrees() { return md5_.finish() == facts_.md5; }

 private:
  FlacFacts facts_;
  Md5 md5_;
  std::vector<std::byte> bytes_;
};

}  // namespace partwise
