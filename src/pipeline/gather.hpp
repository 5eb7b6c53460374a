#pragma once
#include <optional>
#include <partwise/decompose.hpp>

namespace partwise {

/// Before the factorization, with the spectrogram made: fills in what of options.parts and
/// options.factorize.num_components depends on the recording. `num_components` is the number that
/// the caller gave.
void choose_parts(std::optional<Index> num_components, Analysis& analysis, Reducer& reducer,
                  const RunControl& control);

/// After it: gathers the components into parts, numbers them by their parts, and refines those of
/// drums.
void gather(Analysis& analysis, Reducer& reducer, const RunControl& control);

}  // namespace partwise
