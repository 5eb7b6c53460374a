#pragma once
#include <cstdint>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <span>
#include <vector>

namespace partwise {

/// A stretch of K references and R parts of one recording: matrices [rows x num_channels], all
/// beginning at the same sample and in the same rate.
struct ScoredSection {
  /// The samples of the references that this section stands for. Beyond them every signal has up to
  /// SignalSums::kAhead more, which the next section begins with; what is missing there is silence.
  Index count = 0;
  std::span<const MatrixView<const float>> references;
  std::span<const MatrixView<const float>> parts;
  MatrixView<const float> mixture;  ///< no rows: the sum of the references
};

/// What all scores need to know of K references, R parts and their mixture: sums of products, which
/// add up over sections, so that no signal has to be in memory as a whole. Everything that a score
/// asks of a sum of parts is a sum of these.
class SignalSums {
 public:
  /// Taps of the filters that BSS Eval allows between a reference and what counts as it.
  static constexpr Index kTaps = 512;
  /// How far products look beyond a section.
  static constexpr Index kAhead = kTaps;

  /// K in [1, inf), R in [0, inf), channels in [1, inf).
  SignalSums(Index num_references, Index num_parts, Index num_channels);

  /// Throws Error(usage) where numbers do not fit, Error(stopped). Time O(count K (K + R) + count
  /// R^2); the same bits for any number of threads.
  void add(const ScoredSection& section, Reducer& reducer, const RunControl& control);

  [[nodiscard]] Index num_references() const { return num_references_; }
  [[nodiscard]] Index num_parts() const { return num_parts_; }
  /// References are signals 0..K-1, parts K..K+R-1, the mixture K+R.
  [[nodiscard]] Index num_signals() const { return num_references_ + num_parts_ + 1; }
  [[nodiscard]] Index part(Index p) const { return num_references_ + p; }
  [[nodiscard]] Index mixture() const { return num_references_ + num_parts_; }

  /// Sum over samples and channels of the product of two signals.
  [[nodiscard]] double product(Index a, Index b) const { return products_(a, b); }
  /// The same of their means over channels.
  [[nodiscard]] double mono_product(Index a, Index b) const { return mono_products_(a, b); }
  /// sum_n s[n] x[n + t] for t in [0, kTaps) of the means over channels of reference s and signal
  /// x.
  [[nodiscard]] std::span<const double> correlation(Index reference, Index signal) const {
    return correlations_.view().column_span(reference + num_references_ * signal);
  }
  /// Sum of the squares of the mixture minus all parts.
  [[nodiscard]] double rest_energy() const { return rest_energy_; }
  /// Is every sample of its mean over channels 0?
  [[nodiscard]] bool is_silent(Index signal) const { return mono_product(signal, signal) == 0; }

 private:
  Index num_references_;
  Index num_parts_;
  Index num_channels_;
  Matrix<double> products_;
  Matrix<double> mono_products_;
  Matrix<double> correlations_;
  double rest_energy_ = 0;
};

/// Which reference each part belongs to; kNoSource for none.
using Assignment = std::vector<Index>;
inline constexpr Index kNoSource = -1;

/// The oracle grouping: the a(j) that minimises sum_i ||s_i - sum_{a(j)=i} c_j||^2 / ||s_i||^2,
/// where every reference that is not silent gets a part if there are enough. Up to 50 000
/// assignments all are tried; beyond, the best single move, or where none helps the best swap of
/// two, is made until nothing gets better. An upper bound of what sorting parts by ear can give.
[[nodiscard]] Assignment group_by_oracle(const SignalSums& sums);

/// One part for each reference: the permutation of the highest mean SIR, as BSS Eval has it. Silent
/// references and silent parts are left out. Throws Error(usage) unless R = K.
[[nodiscard]] Assignment match_by_sir(const SignalSums& sums);

/// How well what was assigned to a source agrees with it. BSS Eval v3 (Vincent, Gribonval and
/// Fevotte 2006, sources with time-invariant filters of 512 taps) on the mean over channels; SI-SDR
/// (Le Roux et al. 2019) over all channels. At most 140 dB, where double precision ends. NaN where
/// it is not defined: for a silent reference, and for nothing or silence against a reference.
struct SourceScores {
  double sdr_db = 0;
  double sir_db = 0;
  double sar_db = 0;
  double si_sdr_db = 0;
  double sdr_improvement_db = 0;     ///< above the mixture's own SDR
  double si_sdr_improvement_db = 0;  ///< above the mixture's own SI-SDR
};

/// One for each reference; several parts of one source count as their sum.
[[nodiscard]] std::vector<SourceScores> score_sources(const SignalSums& sums,
                                                      const Assignment& assignment);

/// What a source without sound, or with less, counts as in means over sources.
inline constexpr double kScoreFloorDb = -30;

/// Means over the references that are not silent, each score at least kScoreFloorDb; NaN if there
/// is none.
[[nodiscard]] SourceScores mean_scores(const SignalSums& sums,
                                       std::span<const SourceScores> scores);

/// The mixture minus the sum of all parts, in dB of the mixture; NaN where either is silent.
[[nodiscard]] double left_over_db(const SignalSums& sums);

/// How many events were found: of true and estimated ones, those that match.
struct EventScores {
  Index matched = 0;
  Index true_events = 0;
  Index estimated = 0;

  [[nodiscard]] double precision() const { return share(matched, estimated); }
  [[nodiscard]] double recall() const { return share(matched, true_events); }
  /// 2 P R / (P + R), [0, 1].
  [[nodiscard]] double f_measure() const { return share(2 * matched, true_events + estimated); }

 private:
  static double share(Index part, Index all) {
    return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0;
  }
};

/// The largest set of pairs whose times differ by at most `window_s`. Times in seconds, in any
/// order.
[[nodiscard]] EventScores score_onsets(std::span<const double> true_s,
                                       std::span<const double> estimated_s, double window_s);

/// A note, or a hit whose label says what of.
struct NoteEvent {
  double onset_s = 0;
  double offset_s = 0;
  double midi = 0;  ///< its pitch, 69 for A4 = 440 Hz; need not be whole
};

/// When an estimated note is a true one.
struct NoteRules {
  double onset_window_s = 0.05;
  double pitch_cents = 50;
  bool with_offsets = false;
  /// Offsets may differ by this share of the true note, or by the window if that is more.
  double offset_share = 0.2;
  double offset_window_s = 0.05;
};

/// The largest set of pairs that follow the rules. Differences of times count to a tenth of a
/// millisecond, as in mir_eval.
[[nodiscard]] EventScores score_notes(std::span<const NoteEvent> true_notes,
                                      std::span<const NoteEvent> estimated, const NoteRules& rules);

/// Times of events of one class or one part.
using EventTimes = std::vector<double>;

/// Hits of several parts against those of several classes.
struct HitScores {
  EventScores all;                   ///< summed over the classes
  std::vector<EventScores> classes;  ///< of each class
  Assignment class_of_part;          ///< kNoSource: the part's hits count nowhere
};

/// Parts are given to classes by an oracle: again and again the part and class that raise the
/// F-measure over all classes most, while one does. Of the hits of a class that are at most 30 ms
/// apart the first counts.
[[nodiscard]] HitScores score_hits(std::span<const EventTimes> classes,
                                   std::span<const EventTimes> parts, double window_s);

/// A mean and where it would lie with other items of the same kind.
struct MeanInterval {
  double mean = 0;
  double low = 0;   ///< 2.5 %
  double high = 0;  ///< 97.5 %
};

/// The mean of `values` and its percentile bootstrap interval (Efron 1979). The same values and
/// seed give the same bits. NaN without values.
[[nodiscard]] MeanInterval bootstrap_mean(std::span<const double> values, std::uint32_t seed = 0);

}  // namespace partwise
