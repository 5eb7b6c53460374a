#pragma once
#include <functional>
#include <memory>
#include <partwise/factorize.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <vector>

namespace partwise::nmf {

/// What bounds the terms of the objective that a factor has besides the divergence, in double: for
/// an entry x of component k,
///
///     curvature[k] x^2 / 2 + push[k] x - pull x + constant.
///
/// It touches these terms at the factor that it was made for, so that an update that lowers
/// divergence and bound together lowers the objective. A multiplicative update divides by push +
/// curvature x more and multiplies by pull more; coordinate descent adds curvature to the gram
/// matrix's diagonal and pull - push to the correlation.
struct FactorBound {
  explicit FactorBound(Index components)
      : push(static_cast<std::size_t>(components)), curvature(push) {}

  std::vector<double> push, curvature;  ///< [K], 0 or more
};

/// The same for H, whose pull may differ from frame to frame.
template <class T>
struct ActivationBound : FactorBound {
  using FactorBound::FactorBound;
  /// Adds the pull on frames [first, first + out.cols) to out [K x B]; called by many threads.
  using AddPull = std::function<void(Index first, MatrixView<T> out)>;
  std::vector<AddPull> pulls;
};

/// A term of the objective besides the divergence: a value that knows nothing of solvers.
template <class T>
class Regulariser {
 public:
  virtual ~Regulariser() = default;
  /// Its value, 0 or more, over the frames of all processes.
  [[nodiscard]] virtual double cost(const Matrix<T>& w, const Matrix<T>& h,
                                    Reducer& reducer) const = 0;
  /// Adds what bounds it as a function of W.
  virtual void bound_w(FactorBound& /*bound*/) const {}
  /// Adds what bounds it as a function of H, at h [K x T], which outlives the bound.
  virtual void bound_h(MatrixView<const T> h, ActivationBound<T>& bound) const = 0;
  /// The bound of a frame of H reads its neighbours: h must not change while it is used.
  [[nodiscard]] virtual bool reads_neighbours() const { return false; }
  /// The data are to be brought to unit peak rather than the term to the data.
  [[nodiscard]] virtual bool keeps_scale() const { return false; }
  /// The same term where only every stride-th frame counts, as much against their divergence as it
  /// was against that of all.
  [[nodiscard]] virtual std::shared_ptr<const Regulariser> at_level(Index stride) const = 0;
  /// The same term for data 2^exponent times as large, whose H is too: 2^(beta exponent) times its
  /// cost, as the divergence.
  [[nodiscard]] virtual std::shared_ptr<const Regulariser> scaled(int exponent,
                                                                  double beta) const = 0;
};

/// All that is minimised besides the divergence.
template <class T>
class Regularisers {
 public:
  using Terms = std::vector<std::shared_ptr<const Regulariser<T>>>;

  Regularisers() = default;
  explicit Regularisers(Terms terms) : terms_(std::move(terms)) {}

  [[nodiscard]] double cost(const Matrix<T>& w, const Matrix<T>& h, Reducer& reducer) const;
  [[nodiscard]] FactorBound bound_w(Index components) const;
  [[nodiscard]] ActivationBound<T> bound_h(MatrixView<const T> h) const;
  [[nodiscard]] bool read_neighbours() const;
  [[nodiscard]] bool keep_scale() const;
  [[nodiscard]] Regularisers at_level(Index stride) const;
  [[nodiscard]] Regularisers scaled(int exponent, double beta) const;
  /// Without those that read neighbours.
  [[nodiscard]] Regularisers of_single_frames() const;

 private:
  Terms terms_;
};

/// What the options ask for: a new term is a line here.
template <class T>
[[nodiscard]] Regularisers<T> regularisers_of(const FactorizeOptions& options);

/// FactorizeOptions::penalties; null where all are 0.
template <class T>
[[nodiscard]] std::shared_ptr<const Regulariser<T>> penalty_term(const Penalties& penalties);

/// FactorizeOptions::continuity; null where that is 0.
template <class T>
[[nodiscard]] std::shared_ptr<const Regulariser<T>> continuity_term(double weight);

/// The power at which a multiplicative update of H never raises the objective, where the
/// divergence alone allows `exponent`: with a bound that grows as x^2 and falls as x the powers of
/// x in the common bound go from min(1, beta - 1) to max(2, beta), see docs/algorithms/nmf.md.
template <class T>
[[nodiscard]] double exponent_of_h(double exponent, double beta,
                                   const Regularisers<T>& regularisers);

}  // namespace partwise::nmf
