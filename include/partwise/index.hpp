#pragma once
#include <cstddef>

namespace partwise {

/// Counts and positions: samples, frames, bins, components. Signed, so that differences are safe.
using Index = std::ptrdiff_t;

}  // namespace partwise
