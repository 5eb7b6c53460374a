#pragma once
#include <partwise/data_source.hpp>
#include <partwise/factorize.hpp>
#include <partwise/reducer.hpp>
#include <string>

namespace partwise::nmf {

/// A number as a message shows it: as short as it reads back the same.
[[nodiscard]] std::string number_text(double value);

/// Throws Error(usage): name = value, expected ...
[[noreturn]] void refuse(const std::string& name, const std::string& value,
                         const std::string& expected);

/// Throws Error(malformed) in all processes if there is a fault in any.
void refuse_faulty(const std::string& fault, Reducer& reducer);

/// The largest value of V in all processes. Throws Error(malformed) in all of them if there is a
/// negative or non-finite one.
template <class T>
[[nodiscard]] T checked_peak(const DataSource<T>& v, Reducer& reducer);

/// Throws Error(malformed) in all processes if V has a zero, for losses that have no value there.
template <class T>
void refuse_zeros(const DataSource<T>& v, double beta, Reducer& reducer);

/// Throws Error(usage) if a given start is missing, has another shape or holds what no factor may,
/// and if columns are to be kept of a start that is not given.
template <class T>
void check_given(const DataSource<T>& v, const FactorizeOptions& options, const Factors<T>* given);

/// Throws Error(usage) if T cannot be multiplied as the options ask.
template <class T>
void check_precision(const FactorizeOptions& options);

}  // namespace partwise::nmf
