#pragma once
#include <cstdint>
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <string>
#include <vector>

namespace partwise {

/// Pixels, row by row from the top, three bytes each.
struct Image {
  Index width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

/// PNG, 8 bits, three channels. No time inside: the same image gives the same bytes. Does not call
/// sink.finish(). Throws what the sink throws.
void write_png(const Image& image, ByteSink& sink);

/// write_png() into a file that appears whole or not at all. Throws Error(cannot_write), also where
/// `path` exists and `force` is false.
void save_png(const Image& image, const std::string& path, bool force);

}  // namespace partwise
