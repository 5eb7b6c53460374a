#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <nmf/h_update.hpp>
#include <nmf/loss_blocks.hpp>
#include <nmf/pass_request.hpp>
#include <nmf/pass_sums.hpp>
#include <nmf/problem.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise::nmf {

/// One pass over all frames of the data, in blocks that stay in cache, in a number of chunks that
/// depends on the problem alone: the same sums in the same order for any number of threads.
///
/// Returned sums are valid until the next call. A pass ends early, with sums that mean nothing,
/// once control.stop is set. Products are made with rounded data where there are some, unless a
/// divergence is asked for: that is V's own.
template <class T>
class FramePass {
 public:
  FramePass(const Problem<T>& problem, Index num_components);
  ~FramePass();
  FramePass(const FramePass&) = delete;
  FramePass& operator=(const FramePass&) = delete;

  /// The power of multiplicative updates of H from now on; at first the one that never raises the
  /// objective.
  void use_exponent(double exponent) { exponent_ = exponent; }
  [[nodiscard]] double safe_exponent() const;

  const PassSums& update(const UpdateRequest<T>& request, const RunControl& control);
  const PassSums& accumulate(const AccumulateRequest<T>& request, const RunControl& control);
  /// Returns the divergence of (W, H) if request.measure, where the loss makes its model for the
  /// ratio, else 0.
  double ratio(const RatioRequest<T>& request, const RunControl& control);
  /// Runs to its end.
  double measure(const MeasureRequest<T>& request);

 private:
  struct Chunk;
  using OfBlock = std::function<void(const FrameBlock<T>&, PassScratch<T>&, PassSums&)>;
  /// Which sums the caller reads.
  enum class Sums {
    none,     ///< all that counts is in H: processes need not meet
    scalars,  ///< objective and violation
    all,
  };
  /// Calls of_block for all blocks of frames of h; total_ is then the sum of what they added.
  void for_blocks(MatrixView<const T> h, bool rounded, Sums sums, const RunControl& control,
                  const OfBlock& of_block);
  void run_chunk(Chunk& chunk, MatrixView<const T> h, bool rounded, const RunControl& control,
                 const OfBlock& of_block);
  void combine(Sums sums);
  std::unique_ptr<PassScratch<T>> take_scratch();
  void give_back(std::unique_ptr<PassScratch<T>> scratch);

  const Problem<T> problem_;
  Index num_components_;
  double exponent_;
  bool worth_threads_;
  std::unique_ptr<LossBlocks<T>> blocks_;
  std::unique_ptr<HUpdate<T>> h_update_;
  std::vector<Chunk> chunks_;
  PassSums total_;
  std::mutex scratch_mutex_;
  std::vector<std::unique_ptr<PassScratch<T>>> free_scratch_;
};

}  // namespace partwise::nmf
