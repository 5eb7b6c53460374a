#pragma once
#include <partwise/factorize.hpp>
#include <string>

namespace partwise::nmf {

/// A number as a message shows it: as short as it reads back the same.
[[nodiscard]] std::string number_text(double value);

/// Throws Error(usage): name = value, expected ...
[[noreturn]] void refuse(const std::string& name, const std::string& value,
                         const std::string& expected);

/// The largest value of v. Throws Error(malformed) if there is a negative or non-finite one.
template <class T>
[[nodiscard]] T checked_peak(MatrixView<const T> v);

/// Throws Error(malformed) on the first zero, for losses that have no value there.
template <class T>
void refuse_zeros(MatrixView<const T> v, double beta);

/// Throws Error(usage) if a given start is missing, has another shape or holds what no factor may,
/// and if columns are to be kept of a start that is not given.
template <class T>
void check_given(MatrixView<const T> v, const FactorizeOptions& options, const Factors<T>* given);

/// Throws Error(usage) if T cannot be multiplied as the options ask.
template <class T>
void check_precision(const FactorizeOptions& options);

}  // namespace partwise::nmf
