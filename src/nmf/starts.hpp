#pragma once
#include <nmf/scaled_data.hpp>
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
/// not converged. Over the frames of all processes, T of them. Throws Error(stopped).
template <class T>
[[nodiscard]] SingularTriplets randomized_svd(const ScaledData<T>& data, Index count,
                                              std::uint32_t seed, Reducer& reducer,
                                              const RunControl& control);

/// Which start to make.
struct StartRequest {
  Start start = Start::random;  ///< neither automatic nor given
  Index num_components = 1;
  std::uint32_t seed = 0;
  /// The size that counts as 1 for NNDSVD's thresholds and fillings, which scikit-learn has in
  /// absolute numbers: with the peak of the data as unit, a start for s V is sqrt(s) times that for
  /// V.
  double unit = 1;
};

/// W, and H for the frames of all processes [K x T]: every process makes the same.
template <class T>
[[nodiscard]] Factors<T> start_of_all_frames(const ScaledData<T>& data, const StartRequest& request,
                                             Reducer& reducer, const RunControl& control);

/// W and H to begin with.
template <class T>
[[nodiscard]] Factors<T> start_factors(const ScaledData<T>& data, const StartRequest& request,
                                       Reducer& reducer, const RunControl& control);

/// The same made of the frames whose number is a multiple of `stride`; the frames between have the
/// H of the one before.
template <class T>
[[nodiscard]] Factors<T> start_of_every(const ScaledData<T>& data, Index stride,
                                        const StartRequest& request, Reducer& reducer,
                                        const RunControl& control);

}  // namespace partwise::nmf
