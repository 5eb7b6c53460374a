#pragma once
#include <nmf/loss.hpp>
#include <nmf/over_processes.hpp>
#include <nmf/regulariser.hpp>
#include <nmf/scaled_data.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise::nmf {

/// What a solver is given: the data, what is minimised, and what it runs with.
template <class T>
struct Problem {
  const ScaledData<T>& data;
  const Loss& loss;
  const Regularisers<T>& regularisers;
  const std::vector<bool>& fixed_columns;  ///< of W; empty: none is
  Reducer& reducer;
  const RunControl& control;
  const DataSource<T>* weights = nullptr;  ///< of cells; null: all are 1
  bool coarse_stages = true;               ///< W may be learned on fewer frames or bands first

  [[nodiscard]] bool stopped() const { return nmf::stopped(control, reducer); }
  /// The same with other data and terms, which the caller keeps alive.
  [[nodiscard]] Problem with(const ScaledData<T>& other_data,
                             const Regularisers<T>& other_terms) const {
    return {other_data, loss, other_terms, fixed_columns, reducer, control};
  }
};

}  // namespace partwise::nmf
