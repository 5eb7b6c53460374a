#include <algorithm>
#include <nmf/frame_chunks.hpp>
#include <nmf/masked_source.hpp>
#include <utility>

namespace partwise::nmf {
namespace {

template <class T>
class MaskedSource final : public DataSource<T> {
  using Source = std::shared_ptr<const DataSource<T>>;

 public:
  MaskedSource(Source v, Source weights) : v_(std::move(v)), weights_(std::move(weights)) {}

  [[nodiscard]] Index bins() const override { return v_->bins(); }
  [[nodiscard]] Index frames() const override { return v_->frames(); }
  [[nodiscard]] Index first_frame() const override { return v_->first_frame(); }
  [[nodiscard]] Index all_frames() const override { return v_->all_frames(); }

  [[nodiscard]] MatrixView<const T> block(Index first, Index count,
                                          Matrix<T>& scratch) const override {
    Matrix<T> v_scratch, weights_scratch;  // made where a source has to copy
    const MatrixView<const T> v = v_->block(first, count, v_scratch);
    const MatrixView<const T> weights = weights_->block(first, count, weights_scratch);
    if (scratch.empty()) scratch = Matrix<T>(bins(), std::max(count, kBlockFrames));
    for (Index n = 0; n < count; ++n) {
      std::transform(v.column(n), v.column(n) + v.rows, weights.column(n), scratch.column(n),
                     [](T cell, T weight) { return weight == 0 ? T{0} : cell; });
    }
    return std::as_const(scratch).view().columns(0, count);
  }

  [[nodiscard]] Source every(Index stride) const override {
    return std::make_shared<MaskedSource>(v_->every(stride), weights_->every(stride));
  }

 private:
  Source v_, weights_;
};

}  // namespace

template <class T>
std::shared_ptr<const DataSource<T>> masked_source(std::shared_ptr<const DataSource<T>> v,
                                                   std::shared_ptr<const DataSource<T>> weights) {
  return std::make_shared<MaskedSource<T>>(std::move(v), std::move(weights));
}

template std::shared_ptr<const DataSource<float>> masked_source(
    std::shared_ptr<const DataSource<float>>, std::shared_ptr<const DataSource<float>>);
template std::shared_ptr<const DataSource<double>> masked_source(
    std::shared_ptr<const DataSource<double>>, std::shared_ptr<const DataSource<double>>);

}  // namespace partwise::nmf
