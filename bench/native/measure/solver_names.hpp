#pragma once
#include <optional>
#include <partwise/factorize.hpp>
#include <string_view>

namespace partwise::bench {

/// The solver of that name, if this version of the library has it: the benchmarks of one version
/// are built against the library of another when two are compared.
template <class S = Solver>
[[nodiscard]] std::optional<S> solver_named(std::string_view name) {
  if (name == "cd") return S::cd;
  if (name == "mu") return S::mu;
  if constexpr (requires { S::fast; }) {
    if (name == "fast") return S::fast;
  }
  return std::nullopt;
}

}  // namespace partwise::bench
