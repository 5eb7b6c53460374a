#include <algorithm>
#include <nmf/regulariser.hpp>

namespace partwise::nmf {

template <class T>
double Regularisers<T>::cost(const Matrix<T>& w, const Matrix<T>& h, Reducer& reducer) const {
  double sum = 0;
  for (const auto& term : terms_) sum += term->cost(w, h, reducer);
  return sum;
}

template <class T>
FactorBound Regularisers<T>::bound_w(Index components) const {
  FactorBound bound(components);
  for (const auto& term : terms_) term->bound_w(bound);
  return bound;
}

template <class T>
ActivationBound<T> Regularisers<T>::bound_h(MatrixView<const T> h) const {
  ActivationBound<T> bound(h.rows);
  for (const auto& term : terms_) term->bound_h(h, bound);
  return bound;
}

template <class T>
bool Regularisers<T>::read_neighbours() const {
  return std::any_of(terms_.begin(), terms_.end(),
                     [](const auto& term) { return term->reads_neighbours(); });
}

template <class T>
bool Regularisers<T>::keep_scale() const {
  return std::any_of(terms_.begin(), terms_.end(),
                     [](const auto& term) { return term->keeps_scale(); });
}

template <class T>
Regularisers<T> Regularisers<T>::at_level(Index stride) const {
  Terms out;
  for (const auto& term : terms_) out.push_back(term->at_level(stride));
  return Regularisers(std::move(out));
}

template <class T>
Regularisers<T> Regularisers<T>::scaled(int exponent, double beta) const {
  Terms out;
  for (const auto& term : terms_) out.push_back(term->scaled(exponent, beta));
  return Regularisers(std::move(out));
}

template <class T>
Regularisers<T> Regularisers<T>::of_single_frames() const {
  Terms out;
  std::copy_if(terms_.begin(), terms_.end(), std::back_inserter(out),
               [](const auto& term) { return !term->reads_neighbours(); });
  return Regularisers(std::move(out));
}

template <class T>
Regularisers<T> regularisers_of(const FactorizeOptions& options) {
  typename Regularisers<T>::Terms terms{penalty_term<T>(options.penalties),
                                        continuity_term<T>(options.continuity)};
  std::erase(terms, nullptr);
  return Regularisers<T>(std::move(terms));
}

template <class T>
double exponent_of_h(double exponent, double beta, const Regularisers<T>& regularisers) {
  if (!regularisers.read_neighbours()) return exponent;  // scikit-learn's power for its penalties
  return std::min(exponent, 1 / (std::max(2.0, beta) - std::min(1.0, beta - 1)));
}

template class Regularisers<float>;
template class Regularisers<double>;
template Regularisers<float> regularisers_of(const FactorizeOptions&);
template Regularisers<double> regularisers_of(const FactorizeOptions&);
template double exponent_of_h(double, double, const Regularisers<float>&);
template double exponent_of_h(double, double, const Regularisers<double>&);

}  // namespace partwise::nmf
