#pragma once
#include <memory>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <span>
#include <vector>

namespace partwise {

/// What a part is made of, as far as it can be told from its sound.
enum class PartKind {
  silent,  ///< nothing that rises within 60 dB of the loudest part
  drums,   ///< hits: sound that is mostly new, or noise
  tones,   ///< notes: lines in the spectrum that last
};

/// "silent", "drums" or "tones".
[[nodiscard]] const char* part_kind_name(PartKind kind);

/// Something that begins in a part: a hit or a note.
struct Event {
  double onset_s = 0;
  double offset_s = 0;      ///< it has fallen by 20 dB, or the part's next event begins
  Index component = 0;      ///< of those the part is made of, the one that rose most
  double strength = 0;      ///< its amplitude over that of the part's strongest event, (0, 1]
  double frequency_hz = 0;  ///< the fundamental; NaN for hits
  double pitch = 0;         ///< MIDI number of that frequency, 69 = 440 Hz; NaN for hits
  int key = 0;              ///< what a MIDI file plays: the nearest note, or the part's drum
};

/// The events of one part, in order of time.
struct PartEvents {
  PartKind kind = PartKind::silent;
  /// How much of the level is new, averaged over time: near 0 for what lasts, 0.5 for short hits.
  double rise_share = 0;
  double tone_share = 0;  ///< how much of the spectrum's amplitude stands out as lines, [0, 1]
  int drum_key = 0;       ///< the General MIDI percussion key of a drum-like part; 0: none
  std::vector<Event> events;
};

/// What the parts were made from: W [F x K], H [K x T] and the components of each part.
struct EventModel {
  MatrixView<const float> w;
  MatrixView<const float> h;
  std::vector<std::vector<Index>> groups;
  double bin_hz = 0;
  double frame_seconds = 0;
  int power = 1;  ///< 2 if W H models |X|^2
};

/// Finds what begins when in every part, while parts are made. What is listened to is the sound of
/// a part itself, so it does not matter how the part came about.
///
/// A part's level is taken in 24 mel bands (30 Hz to 16 kHz, windows of 46 ms, a frame every 12
/// ms), each as the square root of its amplitude. What bands have gained over 35 ms is the rise;
/// the geometric mean of rise and activation, both over the mean of their 3rd to 8th largest peaks,
/// is the score. An event is a peak of the score that stands out by 0.4 from the median of +-0.1 s;
/// of two that are less than 50 ms apart the larger. Hits of less than a tenth, notes of less than
/// a fifth of the amplitude of the part's strongest are left out. An event begins where the
/// envelope of the samples, in steps of 1.5 ms, rises most.
///
/// The same bits for any number of threads. Memory: 0.1 floats a sample of a part.
class EventDetector {
 public:
  /// For parts of `num_samples` samples. Throws Error(usage) on arguments below 1, and
  /// sample_rate_hz outside 1e3..1e6.
  EventDetector(Index num_parts, Index num_channels, Index num_samples, double sample_rate_hz);
  ~EventDetector();
  EventDetector(const EventDetector&) = delete;
  EventDetector& operator=(const EventDetector&) = delete;

  /// The next stretch of every part, as separate() hands them out: [count x num_channels].
  void add(std::span<const MatrixView<const float>> parts, Reducer& reducer);

  /// The events of every part; after the last add(), once. Throws Error(usage) if the model's
  /// shapes do not fit.
  [[nodiscard]] std::vector<PartEvents> finish(const EventModel& model, Reducer& reducer);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The fundamental of a spectrum [F] whose bins are bin_hz apart, by harmonic matching between C1
/// and C8: the frequency whose ten first harmonics hold more of the square root of the amplitude,
/// each counted 0.84 of the one before, than the gaps between them, moved to where the tops of
/// their lines are. NaN if the spectrum is zero. Within 5 cents of E1 and above with a window of 93
/// ms.
[[nodiscard]] double fundamental_hz(std::span<const float> spectrum, double bin_hz);

}  // namespace partwise
