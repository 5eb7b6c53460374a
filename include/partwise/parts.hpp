#pragma once
#include <limits>
#include <optional>
#include <partwise/enum_words.hpp>
#include <partwise/factorize.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/range.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/separate.hpp>
#include <string>
#include <vector>

namespace partwise {

/// How components become parts.
enum class PartMethod {
  automatic,  ///< drums for percussive recordings (percussive_share()), merge for others
  plain,      ///< as many components as parts: none is merged
  merge,      ///< more components than parts, alike ones merged (docs/algorithms/parts.md)
  drums,      ///< merge, then every part refined as a sound that is struck (refine_parts())
};

template <>
struct EnumWords<PartMethod> {
  static constexpr Word<PartMethod> list[] = {{"auto", PartMethod::automatic},
                                              {"plain", PartMethod::plain},
                                              {"merge", PartMethod::merge},
                                              {"drums", PartMethod::drums}};
};

/// What PartsOptions::num_parts may be.
inline constexpr Range<Index> kPartsRange{1, 256};
/// Of how many components parts may be made: every pair is compared, and each merge looks at all.
inline constexpr Range<Index> kGatheredComponentsRange{1, 1024};

/// Options of the parts that components are gathered into.
struct PartsOptions {
  std::optional<Index> num_parts;  ///< kPartsRange; not given: every component is a part
  bool choose = false;             ///< suggest_parts() decides num_parts
  PartMethod method = PartMethod::automatic;

  [[nodiscard]] bool wanted() const { return num_parts.has_value() || choose; }
};

/// More parts than suggest_parts() ever suggests are for who knows what is there.
inline constexpr Index kMostSuggestedParts = 9;

/// Throws Error(usage) naming the field, its value and its range. `num_components` is what
/// FactorizeOptions has: where it is not given, components_for_parts() chooses it.
void validate(const PartsOptions& options, std::optional<Index> num_components);

/// How many components are learnt for so many parts: max(2 K, min(8 K, 32)), or K for
/// PartMethod::plain.
[[nodiscard]] Index components_for_parts(Index num_parts, PartMethod method);

/// Two nodes of a tree that became one. Of R components nodes 0..R-1 are the components, and merge
/// i makes node R + i.
struct Merge {
  Index first = 0;  ///< < second
  Index second = 0;
  double log_odds = 0;  ///< ln(p / (1 - p)), p the estimated probability that both are one source
};

/// What components were gathered into.
struct PartsResult {
  PartMethod method = PartMethod::automatic;  ///< the one in force; automatic: parts not asked for
  /// Share of the sound that is percussive, and from where on `automatic` takes drums; NaN: not
  /// looked at.
  double percussive_share = std::numeric_limits<double>::quiet_NaN();
  double percussive_threshold = std::numeric_limits<double>::quiet_NaN();
  PartGroups groups;  ///< as part_groups() orders them; empty: parts were not asked for
  /// R - 1 merges down to one node: the parts are what is left after R - K of them, unless somebody
  /// merged or split parts since.
  std::vector<Merge> tree;
  /// Of every part: the mean probability of the merges that made it, [0, 1], see
  /// part_confidence(); 1 for a component alone.
  std::vector<double> confidence;
  std::vector<std::string> names;  ///< of every part: what it sounds like, see name_parts()
  /// D(K) / D(1) for K = 1.. of suggest_parts(); empty: the number of parts was given
  std::vector<double> suggestion_curve;
  PartRefinement refinement;  ///< of method drums, for the groups that it found

  /// Were components gathered into parts?
  [[nodiscard]] bool gathered() const { return !groups.empty(); }
};

/// What a part is called.
struct PartName {
  std::string name;  ///< as it is shown: "Kick", or "part-00" where nobody named it
  std::string stem;  ///< of its file: "part-00-kick"
};

/// How alike two components are.
struct SimilarityOptions {
  double bin_hz = 0;         ///< sample rate / n_fft
  double frame_seconds = 0;  ///< hop_length / sample rate
};

/// Log-odds that components i and j are of one source, [R x R], symmetric, 0 on the diagonal, each
/// in [-9.2, 9.2]. w [F x R], h [R x T]. A silent component is like nothing. Cost O(R^2 (F + T)).
[[nodiscard]] Matrix<double> same_source_log_odds(MatrixView<const float> w,
                                                  MatrixView<const float> h,
                                                  const SimilarityOptions& options,
                                                  Reducer& reducer);

/// e_k = sqrt(sum (M_k V)^2) with M_k the mask of component k and exponent p, as SeparateOptions
/// has it. v [F x T]. Cost O(F T R).
[[nodiscard]] std::vector<double> mask_energies(MatrixView<const float> v,
                                                MatrixView<const float> w,
                                                MatrixView<const float> h, double mask_exponent,
                                                Reducer& reducer);

/// The tree of components with these log-odds [R x R] and energies [R], made for `num_parts` parts.
/// Of all pairs of nodes the next two are those with the largest
/// Z - ln(num_parts min(e_a, e_b) / sum e + 1e-3), which favours swallowing small ones; the new
/// node's Z is the mean of both weighted by e, its e their sum. Cost O(R^3).
[[nodiscard]] std::vector<Merge> merge_tree(MatrixView<const double> log_odds,
                                            const std::vector<double>& energies, Index num_parts);

/// The `num_parts` groups that the tree of `num_components` is cut into, as part_groups() has them.
[[nodiscard]] PartGroups cut_tree(const std::vector<Merge>& tree, Index num_components,
                                  Index num_parts);

/// The components of `group` as the tree has them in `count` nodes: the last merges among them
/// undone. `count` is in [1, group.size()], else Error(usage); the group may be any set of
/// components.
[[nodiscard]] PartGroups split_group(const std::vector<Merge>& tree, Index num_components,
                                     const std::vector<Index>& group, Index count);

/// PartsResult::confidence of these groups, which may be any: the mean of 1 / (1 + exp(-log_odds))
/// over the merges inside a group, each weighted by the smaller energy of the two it joined, so
/// that what hardly sounds has hardly a say.
[[nodiscard]] std::vector<double> part_confidence(const std::vector<Merge>& tree,
                                                  const std::vector<double>& energies,
                                                  const PartGroups& groups);

/// W and H of parts, one spectrum and one track each.
struct PartFactors {
  /// [F x parts]: of one component its template; of several the spectrum that their sound has over
  /// the whole recording, sum_k W_k sum_t H_kt, with unit sum.
  Matrix<float> w;
  Matrix<float> h;  ///< [parts x T]: how much of that there is in a frame, sum_k H_kt sum_f W_fk
};
[[nodiscard]] PartFactors sum_components(MatrixView<const float> w, MatrixView<const float> h,
                                         const PartGroups& groups);

/// What parts of components sound like: "low drum 62 Hz", "A3 tone", "bright noise". ASCII, no two
/// alike. w [F x R], h [R x T].
[[nodiscard]] std::vector<std::string> name_parts(MatrixView<const float> w,
                                                  MatrixView<const float> h,
                                                  const PartGroups& groups, double bin_hz);

/// The parts of V [F x T] ~= w [F x R] h [R x T]: options.num_parts groups, their tree, confidence
/// and names. options.method is not `automatic`, num_parts is at most R; for PartMethod::plain R.
[[nodiscard]] PartsResult gather_parts(MatrixView<const float> v, MatrixView<const float> w,
                                       MatrixView<const float> h, const PartsOptions& options,
                                       const SimilarityOptions& similarity, double mask_exponent,
                                       Reducer& reducer);

/// How many parts there may be.
struct PartSuggestion {
  Index num_parts = 1;
  std::vector<double> curve;  ///< D(K) / D(1), K = 1..kMostSuggestedParts; 1s for silence
};

/// Fits 1, 2, ... 9 convolutive templates to V [F x T] in mel bands; the suggestion is the largest
/// number whose last template took more than a tenth off what one leaves. A suggestion, no more: it
/// is right for about half of all recordings. Of long ones a stretch in the middle is looked at.
[[nodiscard]] PartSuggestion suggest_parts(MatrixView<const float> v, double bin_hz,
                                           double frame_seconds, Reducer& reducer,
                                           const RunControl& control);

}  // namespace partwise
