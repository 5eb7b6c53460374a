#pragma once

namespace partwise {

/// The version of library and program, "major.minor.patch". CMake reads it from here.
inline constexpr const char* kVersion = "0.1.0";

}  // namespace partwise
