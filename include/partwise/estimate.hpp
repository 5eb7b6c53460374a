#pragma once
#include <cstdint>
#include <partwise/outputs.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <partwise/sound_services.hpp>
#include <string>

namespace partwise {

/// What a run is expected to take.
struct RunEstimate {
  Index num_samples = 0;  ///< of the analysed signal, of one channel
  Index num_channels = 0;
  double sample_rate_hz = 0;
  Index num_bins = 0;
  Index num_frames = 0;
  Index num_components = 0;
  Index num_parts = 0;             ///< at most
  std::uint64_t memory_bytes = 0;  ///< at the peak, see estimated_memory_bytes()
  std::uint64_t output_bytes = 0;  ///< of parts, mix, residual, input and factors
  int threads = 1;
  RunSeconds seconds;
};

/// What is known of the sound that a run would take apart.
struct EstimateInput {
  Index num_samples = 0;      ///< of one channel, as they would be taken apart
  double decode_s = 0;        ///< what decoding them took, which is the caller's to measure
  bool writes_input = false;  ///< the run would write the sound that it took apart, too
};

/// What taking `input` apart would take here and with these options, judged by an excerpt of a
/// dozen seconds. It is factorized and separated, its iterations stopped after a quarter of a
/// second and extrapolated, and encoded and hashed in memory; what that took is scaled to the
/// whole. A slow disk comes on top. Throws what analyse() throws.
[[nodiscard]] RunEstimate estimate_run(const Signal& excerpt, const EstimateInput& input,
                                       const RunOptions& options, const Container& container,
                                       Reducer& reducer, const RunControl& control);

/// estimate_run() for an input: all of it is decoded once, an excerpt from its middle is measured,
/// and what is held of an input that is no file counts as memory. Throws what opening, decoding and
/// analyse() throw.
[[nodiscard]] RunEstimate estimate_input(const std::string& input, const RunOptions& options,
                                         const SoundServices& services, Reducer& reducer,
                                         const RunControl& control);

}  // namespace partwise
