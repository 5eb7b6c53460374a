#pragma once
#include <nmf/data_source.hpp>
#include <nmf/loss.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise::nmf {

/// What a solver is given: the data, what is minimised, and what it runs with.
template <class T>
struct Problem {
  const DataSource<T>& data;
  const Loss& loss;
  const std::vector<bool>& fixed_columns;  ///< of W; empty: none is
  Reducer& reducer;
  const RunControl& control;

  [[nodiscard]] bool stopped() const { return control.stop.load(std::memory_order_relaxed); }
  /// The same with other data and another loss, which the caller keeps alive.
  [[nodiscard]] Problem with(const DataSource<T>& other_data, const Loss& other_loss) const {
    return {other_data, other_loss, fixed_columns, reducer, control};
  }
};

}  // namespace partwise::nmf
