#pragma once
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// What shifted_activations() gives, into `stacked` [K L x T].
template <class T>
void shift_activations(MatrixView<const T> h, Matrix<T>& stacked);

/// The transpose of that: sum(k, n) = sum over l of stacked(k + l K, n + l), within the frames.
/// stacked [K L x T], sum [K x T].
template <class T>
void fold_shifts(MatrixView<const T> stacked, Matrix<T>& sum);

/// A start for templates of L frames from one for templates of one frame: each frame is a copy,
/// half as strong as the one before, as the decay of a struck sound is; L = 1 changes nothing.
template <class T>
void extend_templates(Factors<T>& factors, Index template_frames);

}  // namespace partwise::nmf
