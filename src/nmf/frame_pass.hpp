#pragma once
#include <memory>
#include <mutex>
#include <nmf/data_source.hpp>
#include <nmf/loss.hpp>
#include <nmf/pass_sums.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise::nmf {

/// What one pass over the frames is to do. h_next may be h.
template <class T>
struct PassRequest {
  MatrixView<const T> w;  ///< [F x K], columns as Matrix gives them
  MatrixView<const T> h;  ///< [K x T]
  MatrixView<T> h_next;   ///< [K x T], written if update_h
  bool update_h = false;
  Index sweeps = 1;  ///< of coordinate descent over H; the violation is that of the first
  /// [K x T] or empty, the H that the last update left: the new one takes its place, and h_next is
  /// the new one carried on by `momentum`, see extrapolate.hpp.
  MatrixView<T> h_plain;
  double momentum = 0;
  /// [K x T] both or empty both: what a multiplicative update of H would multiply by and divide by,
  /// given out in place of that update.
  MatrixView<T> h_numerator, h_denominator;
  bool accumulate = false;  ///< the sums over frames that an update of W needs, with h_next
  bool objective = false;   ///< of (w, h), or of (w, h_next) if after_update
  bool after_update = false;
  double zero_below = 0;  ///< an updated value of H below this becomes 0
};

/// One pass over all frames of the data, in blocks that stay in cache, in a number of chunks that
/// depends on the problem alone: the same sums in the same order for any number of threads.
template <class T>
class FramePass {
 public:
  FramePass(const DataSource<T>& data, const Loss& loss, Index num_components, Reducer& reducer);
  ~FramePass();
  FramePass(const FramePass&) = delete;
  FramePass& operator=(const FramePass&) = delete;

  /// gamma of the multiplicative updates from now on.
  void use_exponent(double exponent) { loss_.exponent = exponent; }

  /// Products with rounded data where there are some, unless the objective is asked for: that is
  /// V's own. The returned sums are valid until the next call. Ends early, with sums that mean
  /// nothing, once control.stop is set.
  const PassSums& run(const PassRequest<T>& request, const RunControl& control);

 private:
  struct Scratch;
  struct Chunk;
  struct WFacts;
  [[nodiscard]] bool reads_rounded(const PassRequest<T>& request) const;
  [[nodiscard]] WFacts facts_of(const PassRequest<T>& request) const;
  void run_chunk(Chunk& chunk, const PassRequest<T>& request, const WFacts& facts,
                 const RunControl& control);
  // `x` without data stands for the rounded frames.
  void correlate(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                 const WFacts& facts, MatrixView<T> correlation) const;
  void accumulate(MatrixView<const T> x, Index first, MatrixView<const T> h,
                  Scratch& scratch) const;
  void frobenius_block(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                       const WFacts& facts, Scratch& scratch, PassSums& sums) const;
  void beta_block(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                  const WFacts& facts, Scratch& scratch, PassSums& sums) const;
  void combine(const PassRequest<T>& request);
  std::unique_ptr<Scratch> take_scratch();
  void give_back(std::unique_ptr<Scratch> scratch);

  const DataSource<T>& data_;
  Loss loss_;
  Index num_components_;
  Reducer& reducer_;
  bool worth_threads_;
  std::vector<Chunk> chunks_;
  PassSums total_;
  std::mutex scratch_mutex_;
  std::vector<std::unique_ptr<Scratch>> free_scratch_;
};

}  // namespace partwise::nmf
