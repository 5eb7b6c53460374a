#include <algorithm>
#include <nmf/loss_blocks.hpp>

namespace partwise::nmf {
namespace {

template <class T>
Index kernel_scratch_length(Index components) {
  const Index beta = components * kernels::kBetaScratchBytes / static_cast<Index>(sizeof(T));
  return std::max(beta, 2 * components * kernels::kDescendFrames);
}

}  // namespace

template <class T>
PassScratch<T>::PassScratch(Index bins, Index components, Index frames, const Loss& loss)
    : kernels(kernel_scratch_length<T>(components), 1),
      h_numerator(components, frames),
      h_denominator(components, frames),
      partial(bins, components, loss) {}

template struct PassScratch<float>;
template struct PassScratch<double>;

}  // namespace partwise::nmf
