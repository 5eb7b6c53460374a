#pragma once
#include <memory>
#include <mutex>
#include <nmf/data_source.hpp>
#include <nmf/loss.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise::nmf {

/// What one pass over the frames is to do. h_next may be h.
template <class T>
struct PassRequest {
  MatrixView<const T> w;  ///< [F x K]
  MatrixView<const T> h;  ///< [K x T]
  MatrixView<T> h_next;   ///< [K x T], written if update_h
  bool update_h = false;
  bool accumulate = false;  ///< the sums over frames that an update of W needs, with the new H
  bool objective = false;   ///< of (w, h), or of (w, h_next) if after_update
  bool after_update = false;
  double zero_below = 0;  ///< an updated value of H below this becomes 0
};

/// Sums over frames, in double.
struct PassSums {
  Matrix<double> numerator;    ///< [F x K]: V H' for Frobenius, else (V (WH)^(beta-2)) H'
  Matrix<double> denominator;  ///< [F x K]: (WH)^(beta-1) H'; empty for beta 1 and 2
  Matrix<double> gram;         ///< [K x K]: H H', Frobenius only
  std::vector<double> h_sums;  ///< [K]: sums of the rows of H, beta = 1 only
  double objective = 0;
  double violation = 0;  ///< sum of |projected gradient| of H, cd only
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

  /// The returned sums are valid until the next call. Ends early, with sums that mean nothing, once
  /// control.stop is set.
  const PassSums& run(const PassRequest<T>& request, const RunControl& control);

 private:
  struct Scratch;
  struct ChunkSums;
  struct WFacts;
  void run_chunk(Index chunk, const PassRequest<T>& request, const WFacts& facts,
                 const RunControl& control);
  void frobenius_block(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                       const WFacts& facts, Scratch& scratch, ChunkSums& sums) const;
  void beta_block(MatrixView<const T> x, Index first, const PassRequest<T>& request,
                  const WFacts& facts, Scratch& scratch, ChunkSums& sums) const;
  void combine(const PassRequest<T>& request);
  std::unique_ptr<Scratch> take_scratch();
  void give_back(std::unique_ptr<Scratch> scratch);

  const DataSource<T>& data_;
  Loss loss_;
  Index num_components_;
  Reducer& reducer_;
  bool worth_threads_;
  std::vector<ChunkSums> chunks_;
  PassSums total_;
  std::mutex scratch_mutex_;
  std::vector<std::unique_ptr<Scratch>> free_scratch_;
};

}  // namespace partwise::nmf
