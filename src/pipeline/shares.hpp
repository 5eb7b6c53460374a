#pragma once

namespace partwise {

// Where the stages of a run begin, as shares of the whole: measured on minutes of music with six
// components, rounded.
inline constexpr double kTransformBegins = 0.05;
inline constexpr double kFactorizeBegins = 0.10;
inline constexpr double kSeparateBegins = 0.70;
inline constexpr double kSeparateEnds = 0.95;

}  // namespace partwise
