#pragma once
#include <partwise/gain_source.hpp>
#include <separate/cell_gains.hpp>

namespace partwise {

/// The gains of a caller's source, brought into the order of lanes.
template <class T>
class GivenGains final : public LaneGains<T> {
 public:
  using LaneGains<T>::kLanes;

  GivenGains(const GainSource& source, Index num_bins) : source_(source), num_bins_(num_bins) {}

  [[nodiscard]] LaneCells<T> make_cells() const override;
  void load(Index first_frame, Index count, LaneCells<T>& cells) const override;
  void gains(Index k, LaneCells<T>& cells, T* gains) const override;

 private:
  const GainSource& source_;
  Index num_bins_;
};

}  // namespace partwise
