// Shortest augmenting paths with potentials (Jonker and Volgenant 1987), row by row.
#include <algorithm>
#include <evaluate/best_matching.hpp>
#include <limits>

namespace partwise {
namespace {

/// On n x n costs; entries beyond the matrix cost nothing.
class Matcher {
 public:
  explicit Matcher(const Matrix<double>& values)
      : values_(values),
        n_(std::max(values.rows(), values.cols())),
        row_price_(n_),
        column_price_(n_ + 1),
        row_of_(n_ + 1, -1) {}

  std::vector<Index> run() {
    for (Index row = 0; row < n_; ++row) add(row);
    std::vector<Index> matched(values_.rows(), -1);
    for (Index c = 0; c < values_.cols(); ++c) {
      if (row_of_[c] < values_.rows()) matched[row_of_[c]] = c;
    }
    return matched;
  }

 private:
  [[nodiscard]] double cost(Index r, Index c) const {
    return r < values_.rows() && c < values_.cols() ? -values_(r, c) : 0;
  }

  /// Column n_ stands for the row that is still to be matched.
  void add(Index row) {
    constexpr double kFar = std::numeric_limits<double>::infinity();
    std::vector<double> distance(n_, kFar);
    std::vector<Index> before(n_, n_);
    std::vector<bool> seen(n_ + 1, false);
    Index column = n_;
    row_of_[n_] = row;
    while (row_of_[column] >= 0) {
      seen[column] = true;
      const Index from = row_of_[column];
      Index nearest = -1;
      for (Index c = 0; c < n_; ++c) {
        if (seen[c]) continue;
        const double reduced = cost(from, c) - row_price_[from] - column_price_[c];
        if (reduced < distance[c]) {
          distance[c] = reduced;
          before[c] = column;
        }
        if (nearest < 0 || distance[c] < distance[nearest]) nearest = c;
      }
      const double step = distance[nearest];
      for (Index c = 0; c <= n_; ++c) {
        if (seen[c]) {
          row_price_[row_of_[c]] += step;
          column_price_[c] -= step;
        } else if (c < n_) {
          distance[c] -= step;
        }
      }
      column = nearest;
    }
    for (; column != n_; column = before[column]) row_of_[column] = row_of_[before[column]];
  }

  const Matrix<double>& values_;
  Index n_;
  std::vector<double> row_price_, column_price_;
  std::vector<Index> row_of_;
};

}  // namespace

std::vector<Index> best_matching(const Matrix<double>& values) { return Matcher(values).run(); }

}  // namespace partwise
