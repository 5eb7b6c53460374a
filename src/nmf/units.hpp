#pragma once
#include <nmf/loss.hpp>
#include <partwise/factorize.hpp>

namespace partwise::nmf {

/// The scale at which a problem is solved.
struct Units {
  int to_unit_peak = 0;  ///< 2^this brings the peak of V into [0.5, 1); 0 without `normalize`
  int exponent = 0;      ///< the solver works on V * 2^this
  /// The peak at to_unit_peak, or 1 without `normalize`: what is absolute in scikit-learn's rules
  /// becomes relative to it.
  double unit = 1;

  /// V as the solver sees it is 2^this times V as the options mean it.
  [[nodiscard]] int from_unit_peak() const { return exponent - to_unit_peak; }
  [[nodiscard]] double data_floor(const Loss& loss, int at_exponent) const;
};

/// Brings `loss` to the data where that saves a scaled copy, see bring_to_data(), unless
/// `keep_scale` asks for unit peak.
[[nodiscard]] Units choose_units(double peak, bool normalize, bool keep_scale, Loss& loss);

/// h * 2^exponent, in place.
template <class T>
void scale_activations(Matrix<T>& h, int exponent);

/// Unit sums for the free columns of W; H carries the scale. A column of zeros becomes flat and
/// silent.
template <class T>
void normalise_columns(Factors<T>& factors, const std::vector<bool>& fixed);

}  // namespace partwise::nmf
