#pragma once
#include <nmf/loss.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// The solver that runs. `plain_cells`: there are neither weights nor supports, which only
/// multiplicative updates know.
[[nodiscard]] Solver resolve_solver(const FactorizeOptions& options, bool plain_cells);

/// The start that is made of [bins x frames]. Throws Error(usage) for an NNDSVD with too many
/// components.
[[nodiscard]] Start resolve_start(Start start, Index num_components, Index bins, Index frames);

/// The distance of the frames that the start is made of: those that the fast solver begins with, if
/// the start is its own choice.
[[nodiscard]] Index stride_of_start(Index bins, Index frames, const FactorizeOptions& options,
                                    const Loss& loss);

}  // namespace partwise::nmf
