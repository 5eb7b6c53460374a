#pragma once
#include <dsp/fft.hpp>
#include <dsp/lanes.hpp>
#include <partwise/evaluate.hpp>
#include <vector>

namespace partwise {

/// Correlates references with signals, stretch after stretch, by FFTs of blocks: a block of a
/// reference against a longer one of the other signal.
class Correlator {
 public:
  Correlator(Index num_references, Index num_signals);

  /// Samples that one call of add_*() takes, of which a signal has kAhead more.
  static constexpr Index kFft = 4 * SignalSums::kTaps;
  static constexpr Index kBlock = kFft - SignalSums::kTaps;
  static constexpr Index kLanes = kFrameLanes<double>;
  static constexpr Index kStretch = 16 * kLanes * kBlock;

  /// `samples` has `count` <= kStretch values; all references come before add_signal(). Calls for
  /// different references may run side by side.
  void set_reference(Index reference, const double* samples, Index count);

  /// `samples` has `count` <= kStretch + kAhead values. Calls for different signals may run side by
  /// side.
  void add_signal(Index signal, const double* samples, Index count);

  /// The sums of all stretches, kTaps for each reference and signal as SignalSums::correlation():
  /// added to the columns of `out`.
  void add_to(Matrix<double>& out) const;

 private:
  static constexpr Index kGroups = kStretch / (kLanes * kBlock);

  void transform(const double* samples, Index count, Index length, Index group,
                 double* spectra) const;
  void accumulate(const double* reference, const double* signal, double* sums) const;

  Index num_references_;
  Rfft<double> fft_;
  Matrix<double> references_;  ///< spectra [kFft * kLanes * kGroups x references]
  Matrix<double> sums_;        ///< [kFft * kLanes x references * signals]
};

}  // namespace partwise
