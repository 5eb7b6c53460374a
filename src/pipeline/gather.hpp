#pragma once
#include <partwise/decompose.hpp>

namespace partwise {

/// Before the factorization, with the spectrogram made: fills in what of options.parts and
/// options.factorize.num_components was left to the program.
void choose_parts(Analysis& analysis, Reducer& reducer, const RunControl& control);

/// After it: gathers the components into parts, numbers them by their parts, and refines those of
/// drums.
void gather(Analysis& analysis, Reducer& reducer, const RunControl& control);

}  // namespace partwise
