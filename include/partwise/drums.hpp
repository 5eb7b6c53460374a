#pragma once
#include <partwise/matrix.hpp>
#include <partwise/reducer.hpp>
#include <partwise/run_control.hpp>
#include <partwise/separate.hpp>

namespace partwise {

/// From this share of percussive sound on, drums are looked for. At the default resolution drums
/// alone were seen to have 0.48 to 0.81, pitched instruments 0.09 to 0.44, and bands, by how loud
/// their drums are, 0.28 to 0.63.
inline constexpr double kPercussiveThreshold = 0.5;

/// The share of the magnitudes V [F x T] that is percussive: sum(V M) / sum(V), M = P^2 / (P^2 +
/// H^2) with P the median over 17 bins and H that over 17 frames (after Fitzgerald 2010); mirrored
/// at the ends. 0 for silence. Of long recordings every second, third, ... frame is looked at, some
/// 400 in all.
[[nodiscard]] double percussive_share(MatrixView<const float> v, Reducer& reducer);

/// A convolutive model of every part of V [F x T] ~= w [F x R] h [R x T], for struck sounds: each
/// group's own sum is fitted by one template of ten frames that begins at its onsets, and then all
/// of them together to V. `groups` is what part_groups() gives. Cost: that of some 60 iterations of
/// NMF with 10 components for each part. Memory: V once more. Throws Error(stopped).
[[nodiscard]] PartRefinement refine_parts(MatrixView<const float> v, MatrixView<const float> w,
                                          MatrixView<const float> h, const PartGroups& groups,
                                          Reducer& reducer, const RunControl& control);

}  // namespace partwise
