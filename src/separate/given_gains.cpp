#include <algorithm>
#include <separate/given_gains.hpp>

namespace partwise {

template <class T>
LaneCells<T> GivenGains<T>::make_cells() const {
  LaneCells<T> cells(0, 0);
  cells.given = Matrix<float>(num_bins_, LaneGains<T>::kLanes);
  return cells;
}

template <class T>
void GivenGains<T>::load(Index first_frame, Index count, LaneCells<T>& cells) const {
  cells.first_frame = first_frame;
  cells.num_frames = count;
}

template <class T>
void GivenGains<T>::gains(Index k, LaneCells<T>& cells, T* gains) const {
  std::fill_n(gains, num_bins_ * kLanes, T(0));  // lanes without a frame are silent
  source_.fill(k, cells.first_frame, cells.given.view().columns(0, cells.num_frames));
  for (Index lane = 0; lane < cells.num_frames; ++lane) {
    const float* column = cells.given.column(lane);
    for (Index f = 0; f < num_bins_; ++f) gains[f * kLanes + lane] = static_cast<T>(column[f]);
  }
}

template class GivenGains<float>;
template class GivenGains<double>;

}  // namespace partwise
