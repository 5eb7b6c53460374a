#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <partwise/data_source.hpp>
#include <partwise/enum_words.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/range.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise {

/// How W and H are updated.
enum class Solver {
  automatic,  ///< fast with `normalize`; without, as scikit-learn, cd for beta = 2, else mu
  fast,       ///< extrapolated updates from coarse to fine, see docs/algorithms/nmf.md
  cd,         ///< coordinate descent (HALS), beta = 2 only (Cichocki and Phan 2009, alg. 2)
  mu,         ///< multiplicative updates, any beta (Fevotte and Idier 2011, eq. 4.1)
};

template <>
struct EnumWords<Solver> {
  static constexpr Word<Solver> list[] = {
      {"auto", Solver::automatic}, {"fast", Solver::fast}, {"cd", Solver::cd}, {"mu", Solver::mu}};
};

/// Where W and H start.
enum class Start {
  automatic,  ///< nndsvda if num_components <= min(F, T), else random; for the fast solver made of
              ///< every 4th, 16th, ... frame where there are many
  nndsvd,     ///< nonnegative double SVD (Boutsidis and Gallopoulos 2008)
  nndsvda,    ///< the same, zeros replaced by the mean of V
  nndsvdar,   ///< the same, zeros replaced by small random numbers
  random,     ///< |N(0,1)| sqrt(mean(V) / K)
  given,      ///< the caller's W and H
};

template <>
struct EnumWords<Start> {
  static constexpr Word<Start> list[] = {{"auto", Start::automatic},  {"nndsvd", Start::nndsvd},
                                         {"nndsvda", Start::nndsvda}, {"nndsvdar", Start::nndsvdar},
                                         {"random", Start::random},   {"given", Start::given}};
};

/// Which factor an iteration updates first. librosa's transposed call of scikit-learn makes it H.
enum class UpdateOrder { h_first, w_first };

/// How exactly V is multiplied.
enum class ProductPrecision {
  full,  ///< in the precision of V
  /// V rounded to bf16 (8 bits), W and H to 16 bits, summed in float: on the tiles of processors
  /// that have them (AMX) several times faster. For float and beta = 2.
  bf16,
};

/// Why the solver stopped.
enum class StopReason { tolerance, max_iterations, stopped, silent_input };

template <>
struct EnumWords<StopReason> {
  static constexpr Word<StopReason> list[] = {{"tolerance", StopReason::tolerance},
                                              {"max_iterations", StopReason::max_iterations},
                                              {"stopped", StopReason::stopped},
                                              {"silent_input", StopReason::silent_input}};
};

// What the numbers of FactorizeOptions may be.
inline constexpr Range<Index> kComponentsRange{1, 4096};
inline constexpr Range<Index> kTemplateFramesRange{1, 64};
inline constexpr Range<double> kBetaRange{-4, 4};  // beyond, powers of the model leave float
inline constexpr Range<Index> kMaxIterationsRange{0, 1'000'000};
inline constexpr Range<double> kToleranceRange{0, 1, false, true};
inline constexpr Range<Index> kSeedRange{0, 4'294'967'295};
inline constexpr Range<double> kPenaltyRange{0, 1e12};

// What FactorizeOptions has where nothing is given.
inline constexpr Index kDefaultComponents = 6;
inline constexpr Index kDefaultMaxIterations = 500;

/// Weights of the penalties l1 * sum(x) + l2/2 * sum(x^2) that are added to the divergence, each
/// in kPenaltyRange.
struct Penalties {
  double l1_w = 0;
  double l2_w = 0;
  double l1_h = 0;
  double l2_h = 0;
};

/// Options of factorize(). A beta within 1e-3 of 0 or 1 counts as 0 or 1.
struct FactorizeOptions {
  /// K, kComponentsRange; not given: kDefaultComponents. analyse() then chooses it by the number of
  /// parts, or takes it from the given start.
  std::optional<Index> num_components;
  /// L, kTemplateFramesRange. Above 1 every component has a spectrum for each of L frames, from its
  /// activation on (convolutive, NMFD; Smaragdis 2004): V(f, n) ~= sum_k sum_l W(f, k + l K) H(k, n
  /// - l), so W is [F x K L], frame by frame. Solver mu; not with bf16 or fixed columns. See
  /// shifted_activations(). Memory: 4 K L T elements more.
  Index template_frames = 1;
  /// Of the divergence, kBetaRange: 2 Frobenius, 1 Kullback-Leibler, 0 Itakura-Saito.
  double beta = 1;
  Solver solver = Solver::automatic;
  Start start = Start::automatic;
  UpdateOrder order = UpdateOrder::h_first;
  /// kMaxIterationsRange; not given: kDefaultMaxIterations. analyse() then takes fewer for parts.
  std::optional<Index> max_iterations;
  /// When to stop, kToleranceRange. For mu: the objective's square root fell, in ten iterations, by
  /// less than this share of its first value. For cd: the sum of projected gradients of an
  /// iteration is at most this share of the first iteration's. Never an absolute error. 0: never
  /// stop early.
  double tolerance = 1e-4;
  std::uint32_t seed = 0;  ///< of every random number; the same seed gives the same bits
  Penalties penalties;
  /// Weight X of temporal continuity, kPenaltyRange: adds X T sum_k (sum_n (H(k, n) - H(k, n-1))^2
  /// / sum_n H(k, n)^2), which does not depend on the scale of H (Virtanen 2007). For every solver;
  /// needs all frames in one process.
  double continuity = 0;
  /// bf16: the solver runs on the rounded V until it would stop, then on V until it stops again;
  /// `full` where the processor has no tiles.
  ProductPrecision product_precision = ProductPrecision::full;
  /// Component k keeps its column of the given W where fixed_columns[k] is true; empty: none does.
  /// Needs Start::given. All true: only H is sought.
  std::vector<bool> fixed_columns;
  /// true: V is scaled by a power of two into [0.5, 1) before the start is made, and afterwards
  /// every free column of W has unit sum and H carries the scale, so that a louder input gives the
  /// same W. Penalties act on the scaled problem. false: as scikit-learn, its faults included: the
  /// scale between W and H is whatever the solver left, and Itakura-Saito refuses zeros in V and
  /// drops near-zero cells from the objective.
  bool normalize = true;
};

/// Throws Error(usage) naming the field, its value and its range.
void validate(const FactorizeOptions& options);

/// `options` with the defaults where nothing is given: num_components and max_iterations have
/// values.
[[nodiscard]] FactorizeOptions with_defaults(FactorizeOptions options);

/// V ~= W H; for convolutive templates V ~= W shifted_activations(H, L).
template <class T>
struct Factors {
  Matrix<T> w;  ///< templates [F x K L], L = 1 but for convolutive templates
  Matrix<T> h;  ///< activations [K x T]
};

/// What factorize() found.
template <class T>
struct FactorizeResult {
  Factors<T> factors;
  /// The divergence D(V | W H) at the start and after every iteration, without penalties, in the
  /// units of V: half the squared error for beta = 2. [iterations + 1]; entries before
  /// bf16_iterations may be those of the rounded V, all others are V's own
  std::vector<double> objective;
  Index iterations = 0;
  StopReason stop_reason = StopReason::max_iterations;
  Solver solver = Solver::mu;                                   ///< the one that ran
  Start start = Start::random;                                  ///< the one that was made
  ProductPrecision product_precision = ProductPrecision::full;  ///< the one that was used first
  Index bf16_iterations = 0;                          ///< so many of them were made in bf16
  [[nodiscard]] double reconstruction_error() const;  ///< sqrt(2 * last objective)
};

/// Called after an iteration with its number and objective.
using IterationCallback = std::function<void(Index iteration, double objective)>;

/// Factorizes nonnegative finite V [F x T] by minimising the beta-divergence.
/// T is float or double and the precision of everything but the long sums, which are double.
/// `given` holds the start for Start::given, else it is not read (nullptr is allowed).
/// V of zeros gives zeros in H, unit columns in W and StopReason::silent_input.
/// Throws Error(usage) for options out of range or that do not fit V (an explicit nndsvd* with
/// K > min(F, T); cd with beta != 2; a given start of other shape or with a negative or non-finite
/// value); Error(malformed) if V has a negative or non-finite value, or, without `normalize`, a
/// zero where beta <= 0; Error(numerical) if an iteration left the finite numbers; Error(stopped)
/// if `control` stops it before the first iteration. A later stop is no error: the factors of the
/// last whole iteration are returned. Cost: O(F T K) an iteration. Memory beside V: W and H
/// twice; for at most 17 chunks of frames their sums, F K doubles (twice that for beta other than 1
/// and 2) and, for beta = 2, K^2; for each thread F K elements (or twice) and, where V is not laid
/// out as Matrix does it, a block of frames. The bits do not depend
/// on the number of threads.
template <class T>
[[nodiscard]] FactorizeResult<T> factorize(MatrixView<const T> v, const FactorizeOptions& options,
                                           const Factors<T>* given, Reducer& reducer,
                                           const RunControl& control,
                                           const IterationCallback& on_iteration = {});

/// The same for V as `v` gives it, a block of frames at a time. Where `v` has a range of the frames
/// of several processes, all of them call this with the same options and a `reducer` that connects
/// them; each gets W and the H of its frames, which are those of one process but for the rounding
/// of sums in double. Throws Error(usage) if convolutive templates are asked for there.
template <class T>
[[nodiscard]] FactorizeResult<T> factorize(const DataSource<T>& v, const FactorizeOptions& options,
                                           const Factors<T>* given, Reducer& reducer,
                                           const RunControl& control,
                                           const IterationCallback& on_iteration = {});

/// The start alone: what factorize() would iterate from, for V as it is. Errors as there.
template <class T>
[[nodiscard]] Factors<T> make_start(MatrixView<const T> v, Start start, Index num_components,
                                    std::uint32_t seed, Reducer& reducer);

/// H [K x T] and its copies that come 1, 2, ... L - 1 frames later, one below the other [K L x T]:
/// with it the model of convolutive templates is an ordinary product.
template <class T>
[[nodiscard]] Matrix<T> shifted_activations(MatrixView<const T> h, Index template_frames);

/// D_beta(V | W H), shapes as above, else Error(usage): every cell counted, V W H as they are
/// (Fevotte and Idier 2011, eq. 2.3); for beta <= 0 both V and W H count as at least `floor`.
template <class T>
[[nodiscard]] double beta_divergence(MatrixView<const T> v, MatrixView<const T> w,
                                     MatrixView<const T> h, double beta, double floor = 1e-12);

/// ||V - W H|| / ||V|| in the Frobenius norm, shapes as above, else Error(usage); NaN where V is
/// all zero. Cost of one pass.
template <class T>
[[nodiscard]] double relative_error(MatrixView<const T> v, MatrixView<const T> w,
                                    MatrixView<const T> h, Reducer& reducer);

}  // namespace partwise
