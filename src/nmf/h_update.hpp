#pragma once
#include <memory>
#include <nmf/loss_blocks.hpp>
#include <nmf/pass_request.hpp>
#include <nmf/regulariser.hpp>
#include <partwise/matrix.hpp>
#include <vector>

namespace partwise::nmf {

/// The rule by which a pass updates H, a block of frames at a time. begin() is called before a
/// pass, update() by many threads at once.
template <class T>
class HUpdate {
 public:
  virtual ~HUpdate() = default;
  /// After the blocks' own begin(). `bound` is what H has to itself at the h that is updated.
  virtual void begin(ActivationBound<T> bound, double exponent, double zero_below) = 0;
  /// The new H of the block into `next` [K x B], which may be block.h. Adds to `sums` the
  /// divergence before the update, if the request measures it, and the violation.
  virtual void update(const FrameBlock<T>& block, const UpdateRequest<T>& request,
                      MatrixView<T> next, PassScratch<T>& scratch, PassSums& sums) const = 0;
  /// One step beyond the update (extrapolate.hpp): next is carried on from h_plain, which becomes
  /// the `next` that came in. Both [K x B].
  virtual void extrapolate(MatrixView<T> next, MatrixView<T> h_plain, double momentum) const = 0;
};

/// Multiplicative updates, see multiply_h().
template <class T>
[[nodiscard]] std::unique_ptr<HUpdate<T>> multiply_rule(const LossBlocks<T>& blocks);

/// Sweeps of coordinate descent (Cichocki and Phan 2009, alg. 2; Gauss-Seidel over components, as
/// scikit-learn).
template <class T>
[[nodiscard]] std::unique_ptr<HUpdate<T>> descend_rule(const FrobeniusBlocks<T>& blocks);

/// How a multiplicative update of H goes: in T what it reads for every element.
template <class T>
struct MultiplySteps {
  MultiplySteps(ActivationBound<T> bound, double exponent_of_ratio, double zeroed_below);

  std::vector<T> push, curvature;  ///< [K]
  std::vector<typename ActivationBound<T>::AddPull> pulls;
  double exponent;
  double zero_below;
};

/// h_next = h * ((numerator + pull) / (denominator + push + curvature h))^exponent for frames
/// [first, first + B), 0 denominators counting as kEpsilon and results below zero_below as 0. All
/// [K x B]; the pull is added to numerator.
template <class T>
void multiply_h(MatrixView<T> numerator, MatrixView<const T> denominator,
                const FrameBlock<T>& block, MatrixView<T> h_next, const MultiplySteps<T>& steps);

}  // namespace partwise::nmf
