#include <kernels/bf16_pack.hpp>
#include <nmf/frame_chunks.hpp>
#include <nmf/rounded_data.hpp>
#include <vector>

namespace partwise::nmf {

using kernels::Bf16;

RoundedData::RoundedData(const ScaledData<float>& data, const kernels::Bf16Kernels& kernels,
                         Reducer& reducer)
    : x_(data.bins(), kernels::round_up(data.frames(), kernels::kBf16Columns)), kernels_(kernels) {
  const FrameChunks chunks(data.frames());
  std::vector<double> squares(static_cast<std::size_t>(chunks.count()));
  reducer.for_each(chunks.count(), [&](Index chunk) {
    Matrix<float> scratch;
    for (Index n = chunks.begin(chunk); n < chunks.end(chunk); ++n) {
      const auto frame = data.block(n, 1, scratch);
      kernels::round_to_bf16(frame.data, data.bins(), x_.column(n));
      double of_frame = 0;
      for (const Bf16 cell : x_.view().column_span(n)) {
        const auto x = static_cast<double>(kernels::to_float(cell));
        of_frame += x * x;
      }
      squares[chunk] += of_frame;
    }
  });
  for (const double of_chunk : squares) squares_ += of_chunk;
}

Matrix<Bf16> RoundedData::pack(MatrixView<const float> w) {
  Matrix<Bf16> packed(kernels::packed_templates_size(w.rows, w.cols), 1);
  kernels::pack_templates(w.data, w.stride, w.rows, w.cols, packed.data());
  return packed;
}

void RoundedData::correlate(Index first, const Matrix<Bf16>& packed_w,
                            MatrixView<float> correlation) const {
  kernels_.correlate({x_.column(first), x_.stride(), packed_w.data(), correlation.data,
                      correlation.stride, x_.rows(), correlation.rows, correlation.cols});
}

void RoundedData::accumulate(Index first, MatrixView<const float> h, Matrix<Bf16>& scratch,
                             Matrix<float>& sums) const {
  if (scratch.empty()) {
    scratch = Matrix<Bf16>(kernels::packed_activations_size(h.rows, kRoundedBlockFrames), 1);
  }
  kernels::pack_activations(h.data, h.stride, h.rows, h.cols, scratch.data());
  kernels_.accumulate({x_.column(first), x_.stride(), scratch.data(), sums.data(), sums.stride(),
                       x_.rows(), h.rows, h.cols});
}

}  // namespace partwise::nmf
