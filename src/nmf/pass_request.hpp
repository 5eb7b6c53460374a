#pragma once
#include <optional>
#include <partwise/matrix.hpp>

namespace partwise::nmf {

/// Carries an update of H on beyond its result, see extrapolate.hpp.
template <class T>
struct Extrapolation {
  /// [K x T]: the result of the update before; the new result takes its place.
  MatrixView<T> h_plain;
  double momentum = 0;
};

/// Which factors a pass measures the divergence of.
enum class Measure {
  nothing,
  before,  ///< (W, H)
  after,   ///< (W, new H); needs the sums for W
};

/// A new H from W and H and, if asked, the sums over frames that an update of W needs with the new
/// H.
template <class T>
struct UpdateRequest {
  MatrixView<const T> w;  ///< [F x K], columns as Matrix lays them out
  MatrixView<const T> h;  ///< [K x T]
  MatrixView<T> h_next;   ///< [K x T], the new H; may be h
  std::optional<Extrapolation<T>> extrapolation;
  Index sweeps = 1;        ///< of coordinate descent; the violation is that of the first
  double zero_below = 0;   ///< a new value below this becomes 0 (multiplicative updates)
  bool accumulate = true;  ///< the sums for W
  Measure measure = Measure::nothing;  ///< not for beta = 2, whose updates make no model
};

/// The sums over frames that an update of W needs with H, and their divergence if asked.
template <class T>
struct AccumulateRequest {
  MatrixView<const T> w;
  MatrixView<const T> h;
  bool measure = false;
};

/// The two terms whose ratio a multiplicative update of H takes, frame by frame, without that
/// update: for models in which an activation acts on several frames.
template <class T>
struct RatioRequest {
  MatrixView<const T> w;
  MatrixView<const T> h;
  MatrixView<T> numerator;    ///< [K x T], written
  MatrixView<T> denominator;  ///< [K x T], written
  bool measure = false;
};

/// The divergence of (W, H) and nothing else.
template <class T>
struct MeasureRequest {
  MatrixView<const T> w;
  MatrixView<const T> h;
};

}  // namespace partwise::nmf
