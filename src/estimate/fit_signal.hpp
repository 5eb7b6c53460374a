#pragma once
#include <partwise/run_options.hpp>
#include <partwise/sound_services.hpp>

namespace partwise {

/// Mixes and resamples a decoded signal as the options ask; true if that changed it. Throws
/// Error(usage) without a resampler, Error(stopped).
bool fit_signal(Signal& signal, const RunOptions& options, const SoundServices& services,
                const RunControl& control);

}  // namespace partwise
