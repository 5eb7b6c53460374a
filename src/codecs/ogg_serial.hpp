#pragma once
#include <cstddef>
#include <span>

namespace partwise {

/// Gives every page of an Ogg file of one stream the serial number 1: libsndfile draws one at
/// random, and the same sound would not give the same bytes.
void settle_ogg_serial(std::span<std::byte> bytes);

}  // namespace partwise
