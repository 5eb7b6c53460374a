#pragma once
// The gain of every part in every cell, for kLanes neighbouring frames at a time. Cells lie as in
// LaneTransform: bin f of frame `lane` at [f * kLanes + lane].
#include <dsp/lane_transform.hpp>
#include <partwise/matrix.hpp>
#include <partwise/separate.hpp>
#include <separate/gain_kernels.hpp>

namespace partwise {

/// What all parts of kLanes frames have in common.
template <class T>
struct LaneCells {
  static constexpr Index kLanes = LaneTransform<T>::kLanes;

  LaneCells(Index num_bins, Index num_components)
      : h(num_components * kLanes, 1), weight(num_bins * kLanes, 1), scale(num_bins * kLanes, 1) {}
  LaneCells(Index num_bins, Index num_components, Index refined_columns, Index refined_parts)
      : LaneCells(num_bins, num_components) {
    refined_h = Matrix<T>(refined_columns * kLanes, 1);
    refined = Matrix<T>(num_bins * kLanes, refined_parts);
  }

  Matrix<T> h;          ///< activation of component k in frame `lane` at [k * kLanes + lane]
  Matrix<T> weight;     ///< for masks
  Matrix<T> scale;      ///< for masks with an exponent other than 1 and 2
  Matrix<T> refined_h;  ///< as h, of the columns of the refinement
  Matrix<T> refined;    ///< its model of every part, one a column
  // Of gains that a caller gives (given_gains.hpp).
  Index first_frame = 0;
  Index num_frames = 0;
  Matrix<float> given;  ///< of a component: [bins x kLanes]
};

/// Where the gains of kLanes frames come from. Immutable, so any number of threads may share one.
template <class T>
class LaneGains {
 public:
  static constexpr Index kLanes = LaneTransform<T>::kLanes;

  LaneGains() = default;
  virtual ~LaneGains() = default;
  LaneGains(const LaneGains&) = delete;
  LaneGains& operator=(const LaneGains&) = delete;

  [[nodiscard]] virtual LaneCells<T> make_cells() const = 0;
  /// Of frames [first_frame, first_frame + count); the other lanes are silent.
  virtual void load(Index first_frame, Index count, LaneCells<T>& cells) const = 0;
  /// What the spectra of the mixture (for `factors`: divided by their magnitude) are multiplied
  /// with to become component k, in the frames that were loaded.
  virtual void gains(Index k, LaneCells<T>& cells, T* gains) const = 0;
};

/// The gains of a factorization.
///
/// A mask is power(W_k H_k scale) weight, where the powers of all parts add up to 1 / weight; scale
/// is 1 / max_j W_j H_j, and 1 and not stored for the exponents 1 and 2. A mask does not change
/// where a row of W or a column of H is multiplied by anything: both are brought by powers of two
/// to where products and their powers are farthest from the ends of T, so factors as small as float
/// allows do not vanish. In float a cell whose models are all below 1e-35 of the largest of its bin
/// times the largest of its frame counts as covered by no part; such a cell has weight -1/K.
template <class T>
class CellGains final : public LaneGains<T> {
 public:
  using LaneGains<T>::kLanes;

  /// w, h and the refinement (or nullptr) must outlive the gains.
  CellGains(MatrixView<const float> w, MatrixView<const float> h, const SeparateOptions& options,
            const PartRefinement* refinement = nullptr);

  [[nodiscard]] LaneCells<T> make_cells() const override;
  void load(Index first_frame, Index count, LaneCells<T>& cells) const override;

  /// Masks of all components add up to 1 in every cell.
  void gains(Index k, LaneCells<T>& cells, T* gains) const override;

 private:
  [[nodiscard]] bool makes_masks() const { return options_.resynthesis == Resynthesis::mask; }
  [[nodiscard]] bool refines() const { return refinement_ != nullptr; }
  [[nodiscard]] int top_exponent() const;
  [[nodiscard]] Matrix<T> scaled_templates(MatrixView<const float> w) const;
  void load_columns(MatrixView<const float> h, Index first_frame, Index count, T* lanes) const;
  void load_refined(const LaneModel<T>& model, T dead_weight, Index first_frame, Index count,
                    LaneCells<T>& cells) const;

  MatrixView<const float> h_;
  SeparateOptions options_;
  Matrix<T> templates_;
  const PartRefinement* refinement_;
  Matrix<T> refined_templates_;  // [F x G L]
  Matrix<float> refined_h_;      // [G L x T], shifted
};

}  // namespace partwise
