#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nmf/check_arguments.hpp>
#include <type_traits>

namespace partwise::nmf {
namespace {

template <class T>
[[noreturn]] void refuse_cell(MatrixView<const T> v, Index c) {
  for (Index r = 0;; ++r) {
    const T x = v(r, c);
    if (x >= 0 && std::isfinite(x)) continue;
    throw Error(ErrorCode::malformed, "V(" + std::to_string(r) + ", " + std::to_string(c) +
                                          ") = " + number_text(static_cast<double>(x)) +
                                          ", expected a finite number of 0 or more");
  }
}

}  // namespace

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

void refuse(const std::string& name, const std::string& value, const std::string& expected) {
  throw Error(ErrorCode::usage, name + " = " + value + ", expected " + expected);
}

template <class T>
T checked_peak(MatrixView<const T> v) {
  constexpr Index kLanes = 16;  // so that the compiler can take several cells at once
  constexpr T kMost = std::numeric_limits<T>::max();
  T peaks[kLanes] = {};
  for (Index c = 0; c < v.cols; ++c) {
    const T* column = v.column(c);
    int bad = 0;
    const auto look = [&](Index r, Index lane) {
      const T x = column[r];
      bad |= static_cast<int>(!(x >= 0)) | static_cast<int>(!(x <= kMost));
      peaks[lane] = std::max(peaks[lane], x);
    };
    Index r = 0;
    for (; r + kLanes <= v.rows; r += kLanes) {
      for (Index lane = 0; lane < kLanes; ++lane) look(r + lane, lane);
    }
    for (; r < v.rows; ++r) look(r, 0);
    if (bad != 0) refuse_cell(v, c);
  }
  return *std::max_element(peaks, peaks + kLanes);
}

template <class T>
void refuse_zeros(MatrixView<const T> v, double beta) {
  for (Index c = 0; c < v.cols; ++c) {
    for (Index r = 0; r < v.rows; ++r) {
      if (v(r, c) == 0) {
        throw Error(ErrorCode::malformed, "V(" + std::to_string(r) + ", " + std::to_string(c) +
                                              ") = 0, expected more than 0 for beta = " +
                                              number_text(beta) + " without normalisation");
      }
    }
  }
}

template <class T>
void check_given(MatrixView<const T> v, const FactorizeOptions& options, const Factors<T>* given) {
  if (options.start != Start::given) {
    if (!options.fixed_columns.empty()) {
      throw Error(ErrorCode::usage, "fixed_columns needs a given start, for the columns to keep");
    }
    return;
  }
  if (given == nullptr) throw Error(ErrorCode::usage, "start = given, but no factors were given");
  const Index k = options.num_components;
  const Index columns = k * options.template_frames;
  if (given->w.rows() != v.rows || given->w.cols() != columns || given->h.rows() != k ||
      given->h.cols() != v.cols) {
    const auto shape = [](Index r, Index c) {
      return "[" + std::to_string(r) + " x " + std::to_string(c) + "]";
    };
    throw Error(ErrorCode::usage, "the given start is W " +
                                      shape(given->w.rows(), given->w.cols()) + ", H " +
                                      shape(given->h.rows(), given->h.cols()) + ", expected W " +
                                      shape(v.rows, columns) + ", H " + shape(k, v.cols));
  }
  const auto check = [](const Matrix<T>& m, const char* name) {
    for (Index c = 0; c < m.cols(); ++c) {
      for (const T x : m.view().column_span(c)) {
        if (!(x >= 0) || !std::isfinite(x)) {
          throw Error(ErrorCode::usage, std::string("the given ") + name + " holds " +
                                            number_text(static_cast<double>(x)) +
                                            ", expected finite numbers of 0 or more");
        }
      }
    }
  };
  check(given->w, "W");
  check(given->h, "H");
}

template <class T>
void check_precision(const FactorizeOptions& options) {
  if (options.product_precision == ProductPrecision::bf16 && !std::is_same_v<T, float>) {
    throw Error(ErrorCode::usage,
                "product_precision = bf16 for V in double, expected full, or V in float");
  }
}

template float checked_peak(MatrixView<const float>);
template void refuse_zeros(MatrixView<const float>, double);
template void check_given(MatrixView<const float>, const FactorizeOptions&, const Factors<float>*);
template void check_precision<float>(const FactorizeOptions&);
template double checked_peak(MatrixView<const double>);
template void refuse_zeros(MatrixView<const double>, double);
template void check_given(MatrixView<const double>, const FactorizeOptions&,
                          const Factors<double>*);
template void check_precision<double>(const FactorizeOptions&);

}  // namespace partwise::nmf
