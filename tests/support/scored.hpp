#pragma once
// Sounds as evaluate takes them.
#include <algorithm>
#include <partwise/evaluate.hpp>
#include <vector>

namespace partwise::test {

/// Mono signals, one a row of `rows`, as columns of their own.
inline std::vector<Matrix<float>> signals_of(const Matrix<float>& rows) {
  std::vector<Matrix<float>> signals;
  for (Index s = 0; s < rows.rows(); ++s) {
    Matrix<float>& signal = signals.emplace_back(rows.cols(), 1);
    for (Index i = 0; i < rows.cols(); ++i) signal(i, 0) = rows(s, i);
  }
  return signals;
}

/// Samples [first, first + count) of each.
inline std::vector<MatrixView<const float>> views_of(const std::vector<Matrix<float>>& signals,
                                                     Index first, Index count) {
  std::vector<MatrixView<const float>> views;
  for (const Matrix<float>& signal : signals) {
    const Index rows = std::clamp<Index>(signal.rows() - first, 0, count);
    views.push_back({signal.data() + first, rows, signal.cols(), signal.stride()});
  }
  return views;
}

/// All signals in sections of `section` samples; 0: in one.
inline SignalSums sums_of(const std::vector<Matrix<float>>& references,
                          const std::vector<Matrix<float>>& parts, Index section = 0,
                          int threads = 1) {
  Reducer reducer(threads);
  const RunControl control;
  const Index length = references.front().rows();
  if (section == 0) section = length;
  SignalSums sums(static_cast<Index>(references.size()), static_cast<Index>(parts.size()),
                  references.front().cols());
  for (Index first = 0; first < length; first += section) {
    const Index count = std::min(section, length - first);
    const auto ahead = count + SignalSums::kAhead;
    const auto a = views_of(references, first, ahead);
    const auto b = views_of(parts, first, std::min(ahead, length - first));
    sums.add({count, a, b, {}}, reducer, control);
  }
  return sums;
}

}  // namespace partwise::test
