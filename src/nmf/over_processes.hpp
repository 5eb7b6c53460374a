#pragma once
#include <algorithm>
#include <partwise/data_source.hpp>
#include <partwise/error.hpp>
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>

namespace partwise::nmf {

/// Whether a stop was asked for in any process: all of them go the same way.
[[nodiscard]] inline bool stopped(const RunControl& control, Reducer& reducer) {
  const bool here = control.stop.load(std::memory_order_relaxed);
  return reducer.reduce(here ? 1.0 : 0.0, Reduction::max) != 0;
}

/// Throws Error(stopped) in all processes if it was asked for in any.
inline void check_stop(const RunControl& control, Reducer& reducer) {
  if (stopped(control, reducer)) throw Error(ErrorCode::stopped, "stopped");
}

/// The columns [R x range.all] of all processes, of which this one has `columns` [R x n] from
/// range.first. Costs a message of the whole.
template <class T>
[[nodiscard]] Matrix<T> gather_columns(const Matrix<T>& columns, FrameRange range,
                                       Reducer& reducer) {
  if (columns.cols() == range.all) return columns;
  Matrix<double> all(columns.rows(), range.all);
  for (Index n = 0; n < columns.cols(); ++n) {
    std::copy_n(columns.column(n), columns.rows(), all.column(range.first + n));
  }
  reducer.reduce({all.data(), static_cast<std::size_t>(all.stride() * all.cols())});
  Matrix<T> out(all.rows(), all.cols());
  for (Index n = 0; n < out.cols(); ++n) {
    std::transform(all.column(n), all.column(n) + all.rows(), out.column(n),
                   [](double x) { return static_cast<T>(x); });
  }
  return out;
}

}  // namespace partwise::nmf
