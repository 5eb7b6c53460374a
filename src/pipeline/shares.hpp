#pragma once

namespace partwise {

// Where the stages of a run begin, as shares of the whole: 180 s of music, six components, two
// threads took 1 % to decode, 3 % to transform, 73 % to factorize, 19 % to separate and write, 4 %
// for the report.
inline constexpr double kTransformBegins = 0.01;
inline constexpr double kFactorizeBegins = 0.04;
inline constexpr double kSeparateBegins = 0.77;
inline constexpr double kSeparateEnds = 0.96;

}  // namespace partwise
