#pragma once
#include <partwise/index.hpp>

namespace partwise {

/// Frames that are worked on at once, side by side: as many values as the widest register that most
/// machines have, of 32 bytes, holds. Where registers are narrower, two or four stand in for one.
template <class T>
inline constexpr Index kFrameLanes = 32 / sizeof(T);

}  // namespace partwise
