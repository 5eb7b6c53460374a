#pragma once
#include <disk/staged_folder.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/decompose.hpp>
#include <partwise/events.hpp>
#include <string>
#include <vector>
#include <writers/part_names.hpp>

namespace partwise {

/// A hit that stands for a drum-like part.
struct OneShot {
  Index part = 0;
  Index first_sample = 0;  ///< 2 ms before the onset, or the recording's first
  Index num_samples = 0;
};

/// For every drum-like part its cleanest hit: the one whose root of the strength, over 1 plus the
/// strengths of other parts' events that begin while it sounds (twice in its first 100 ms), is
/// largest. It lasts twice as long as it takes to fall by 20 dB, 2 s at most, and ends before the
/// part's next hit. `num_samples` and rate are the recording's.
[[nodiscard]] std::vector<OneShot> choose_one_shots(const std::vector<PartEvents>& events,
                                                    Index num_samples, double sample_rate_hz);

/// Writes them as files of sound with what `container` writes, their level as it is, faded in over
/// 1 ms and out over the last quarter, and one-shots.sfz, which plays them by the keys and
/// velocities of events.mid. Makes the parts once more. Returns the names of the files.
[[nodiscard]] std::vector<std::string> write_one_shots(
    StagedFolder& folder, const Signal& signal, const Analysis& analysis,
    const std::vector<PartEvents>& events, const std::vector<PartName>& names,
    const Container& container, SampleFormat format, Reducer& reducer, const RunControl& control);

}  // namespace partwise
