#pragma once
#include <nmf/data_source.hpp>
#include <partwise/factorize.hpp>
#include <partwise/run_control.hpp>
#include <vector>

namespace partwise::nmf {

/// The K largest singular triplets of V [F x T], in double: V ~= U diag(s) Z'.
struct SingularTriplets {
  Matrix<double> u;       ///< [F x K]
  std::vector<double> s;  ///< [K], falling
  Matrix<double> z;  ///< [T x K]; the largest |entry| of every column is positive, U's signs follow
};

/// Randomised SVD (Halko, Martinsson and Tropp 2011, alg. 4.4) with scikit-learn's random numbers,
/// oversampling (10) and number of power iterations, so that its start is met even where it has
/// not converged. Throws Error(stopped).
template <class T>
[[nodiscard]] SingularTriplets randomized_svd(const DataSource<T>& data, Index count,
                                              std::uint32_t seed, Reducer& reducer,
                                              const RunControl& control);

/// W and H to begin with; `start` is neither automatic nor given. `unit` is the size that counts as
/// 1 for NNDSVD's thresholds and fillings, which scikit-learn has in absolute numbers: with the
/// peak of the data as unit, a start for s V is sqrt(s) times that for V.
template <class T>
[[nodiscard]] Factors<T> start_factors(const DataSource<T>& data, Start start, Index num_components,
                                       std::uint32_t seed, double unit, Reducer& reducer,
                                       const RunControl& control);

}  // namespace partwise::nmf
