#pragma once
#include <functional>
#include <optional>
#include <partwise/enum_words.hpp>
#include <partwise/factorize.hpp>
#include <partwise/gain_source.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/parts_sink.hpp>
#include <partwise/range.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/signal_source.hpp>
#include <partwise/stft.hpp>
#include <vector>

namespace partwise {

/// How a component becomes sound.
enum class Resynthesis {
  mask,  ///< part_c = M_k X_c, M_k = (W_k H_k)^p / sum_j (W_j H_j)^p; X_c / K where that sum is 0
  factors,  ///< part_c = (W_k H_k / V) X_c; 0 where V = 0. For one channel: W_k H_k times the phase
};

template <>
struct EnumWords<Resynthesis> {
  static constexpr Word<Resynthesis> list[] = {{"mask", Resynthesis::mask},
                                               {"factors", Resynthesis::factors}};
};

/// Which components make a part together. Components that no group names are a part of their own.
using PartGroups = std::vector<std::vector<Index>>;

/// Every part of K components: those groups and the other components, each group in ascending order
/// and the groups by their first. Throws Error(usage) on a component that is not there or stands
/// twice, and on an empty group.
[[nodiscard]] PartGroups part_groups(const PartGroups& groups, Index num_components);

/// What SeparateOptions::mask_exponent may be, and what it is where it is not given.
inline constexpr Range<double> kMaskExponentRange{0.1, 10};
inline constexpr double kDefaultMaskExponent = 1;

/// Options of separate().
struct SeparateOptions {
  Resynthesis resynthesis = Resynthesis::mask;
  /// p, kMaskExponentRange; not given: kDefaultMaskExponent. analyse() then takes more for parts.
  std::optional<double> mask_exponent;
  /// Gains of a group add up: a mask of several components is the sum of their masks.
  PartGroups groups;
  int power = 1;  ///< 2 if W H models |X|^2: `factors` then takes its square root
};

/// Throws Error(usage) naming the field, its value and its range.
void validate(const SeparateOptions& options);

/// A second, convolutive model of every part (NMFD, see FactorizeOptions::template_frames), learnt
/// of the mixture from the parts that components were first gathered into. Component i of part g
/// then has, in place of M_i, the mask W_i H_i P_g / sum_j W_j H_j P_g(j) with P_g the second model
/// of its part: a part's mask is the normalised geometric mean of what both models have as masks
/// with exponent 2.
struct PartRefinement {
  Factors<float> factors;      ///< W [F x G L], H [G x T] for G parts
  std::vector<Index> part_of;  ///< of every component: its part g, [0, G)

  [[nodiscard]] bool empty() const { return part_of.empty(); }
};

/// What a mixture is separated by: the factors that factorize() found for its spectrogram, and how
/// their components become sound. Holds views; what they point to must outlive it.
struct SeparationModel {
  MatrixView<const float> w;  ///< templates [F x K]
  MatrixView<const float> h;  ///< activations [K x T]
  StftOptions stft;           ///< those of the spectrogram
  SeparateOptions options;
  /// Takes the place of the exponent of masks; it needs them. nullptr or empty: none.
  const PartRefinement* refinement = nullptr;
  /// In place of masks: w and h then say how many components and frames there are, and no more.
  /// Not with `factors` or a refinement. nullptr: none.
  const GainSource* gains = nullptr;
};

/// Re-synthesises every part of `mixture` with the mixture's phase, one gain per cell for all
/// channels, and hands the parts to `sink` block by block. T is the precision of the transform.
/// share(x) is called with the share done, [0, 1]. Throws Error(usage) if shapes do not fit,
/// Error(stopped), and what the sink throws. Memory: O(K) blocks of frames, whatever the length.
/// The mixture is read block by block.
template <class T>
void separate(const SignalSource& mixture, const SeparationModel& asked, PartsSink& sink,
              Reducer& reducer, const RunControl& control,
              const std::function<void(double)>& share = {});

template <class T>
void separate(const Signal& mixture, const SeparationModel& model, PartsSink& sink,
              Reducer& reducer, const RunControl& control,
              const std::function<void(double)>& share = {}) {
  separate<T>(MemorySignal(mixture), model, sink, reducer, control, share);
}

}  // namespace partwise
