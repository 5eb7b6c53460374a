#include <cmath>
#include <nmf/units.hpp>

namespace partwise::nmf {

double Units::data_floor(const Loss& loss, int at_exponent) const {
  return std::ldexp(loss.data_floor * unit, at_exponent - to_unit_peak);
}

Units choose_units(double peak, bool normalize, bool keep_scale, Loss& loss) {
  Units units;
  if (normalize) {
    int exponent = 0;
    units.unit = std::frexp(peak, &exponent);
    units.to_unit_peak = -exponent;
  }
  const bool as_it_is = !keep_scale && bring_to_data(loss, units.to_unit_peak);
  units.exponent = as_it_is ? 0 : units.to_unit_peak;
  return units;
}

template <class T>
void scale_activations(Matrix<T>& h, int exponent) {
  if (exponent == 0) return;
  for (Index c = 0; c < h.cols(); ++c) {
    for (Index k = 0; k < h.rows(); ++k) h(k, c) = std::ldexp(h(k, c), exponent);
  }
}

template <class T>
void normalise_columns(Factors<T>& factors, const std::vector<bool>& fixed) {
  for (Index k = 0; k < factors.h.rows(); ++k) {
    if (!fixed.empty() && fixed[k]) continue;
    double sum = 0;
    const auto for_template = [&](const auto& visit) {
      for (Index column = k; column < factors.w.cols(); column += factors.h.rows()) {
        for (T& x : factors.w.view().column_span(column)) visit(x);
      }
    };
    for_template([&](T x) { sum += static_cast<double>(x); });
    if (sum > 0) {
      for_template([sum](T& x) { x = static_cast<T>(static_cast<double>(x) / sum); });
    } else {
      const Index cells = factors.w.rows() * factors.w.cols() / factors.h.rows();
      for_template([cells](T& x) { x = static_cast<T>(1 / static_cast<double>(cells)); });
    }
    for (Index n = 0; n < factors.h.cols(); ++n) {
      factors.h(k, n) = static_cast<T>(static_cast<double>(factors.h(k, n)) * sum);
    }
  }
}

template void scale_activations(Matrix<float>&, int);
template void scale_activations(Matrix<double>&, int);
template void normalise_columns(Factors<float>&, const std::vector<bool>&);
template void normalise_columns(Factors<double>&, const std::vector<bool>&);

}  // namespace partwise::nmf
