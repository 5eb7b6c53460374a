#include <algorithm>
#include <writers/parts_window.hpp>
#include <writers/rows.hpp>

namespace partwise {

PartsWindow::PartsWindow(Index num_parts, Index num_channels) {
  for (Index k = 0; k < num_parts; ++k) parts_.emplace_back(0, num_channels);
}

void PartsWindow::make_room(Index count) {
  for (Matrix<float>& part : parts_) {
    if (part.rows() >= count) continue;
    Matrix<float> larger(std::max(count, part.rows() + part.rows() / 2), part.cols());
    for (Index c = 0; c < part.cols(); ++c) std::copy_n(part.column(c), count_, larger.column(c));
    part = std::move(larger);
  }
}

void PartsWindow::add(std::span<const MatrixView<const float>> parts) {
  const Index count = parts.front().rows;
  make_room(count_ + count);
  for (std::size_t k = 0; k < parts_.size(); ++k) {
    for (Index c = 0; c < parts_[k].cols(); ++c)
      std::copy_n(parts[k].column(c), count, parts_[k].column(c) + count_);
  }
  count_ += count;
}

void PartsWindow::drop_before(Index first) {
  const Index dropped = std::clamp<Index>(first - first_, 0, count_);
  count_ -= dropped;
  first_ += dropped;
  for (Matrix<float>& part : parts_) {
    for (Index c = 0; c < part.cols(); ++c) {
      const float* from = part.column(c) + dropped;
      std::copy(from, from + count_, part.column(c));
    }
  }
}

MatrixView<const float> PartsWindow::samples(Index part, Index first, Index end) const {
  return rows(parts_[part], first - first_, end - first);
}

}  // namespace partwise
