#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nmf/check_arguments.hpp>
#include <type_traits>

namespace partwise::nmf {
namespace {

std::string cell_text(Index r, Index c) {
  return "V(" + std::to_string(r) + ", " + std::to_string(c) + ")";
}

template <class T>
std::string fault_of_cell(const T* column, Index c) {
  Index r = 0;
  while (column[r] >= 0 && std::isfinite(column[r])) ++r;
  return cell_text(r, c) + " = " + number_text(static_cast<double>(column[r])) +
         ", expected a finite number of 0 or more";
}

/// The largest of a column's values; NaN if there is a negative or non-finite one.
template <class T>
T peak_of(const T* column, Index rows) {
  constexpr Index kLanes = 16;  // so that the compiler can take several cells at once
  constexpr T kMost = std::numeric_limits<T>::max();
  T peaks[kLanes] = {};
  int bad = 0;
  const auto look = [&](Index r, Index lane) {
    const T x = column[r];
    bad |= static_cast<int>(!(x >= 0)) | static_cast<int>(!(x <= kMost));
    peaks[lane] = std::max(peaks[lane], x);
  };
  Index r = 0;
  for (; r + kLanes <= rows; r += kLanes) {
    for (Index lane = 0; lane < kLanes; ++lane) look(r + lane, lane);
  }
  for (; r < rows; ++r) look(r, 0);
  return bad != 0 ? std::numeric_limits<T>::quiet_NaN() : *std::max_element(peaks, peaks + kLanes);
}

/// Calls visit(column, number among all frames) for the frames of v until it returns false.
template <class T, class Visit>
void for_frames(const DataSource<T>& v, const Visit& visit) {
  Matrix<T> scratch;
  for (Index c = 0; c < v.frames(); ++c) {
    if (!visit(v.block(c, 1, scratch).column(0), v.first_frame() + c)) return;
  }
}

}  // namespace

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

void refuse(const std::string& name, const std::string& value, const std::string& expected) {
  throw bad_argument(name, value, expected);
}

void refuse_faulty(const std::string& fault, Reducer& reducer) {
  if (reducer.reduce(fault.empty() ? 0.0 : 1.0, Reduction::max) == 0) return;
  throw Error(ErrorCode::malformed,
              fault.empty() ? "V has a cell that is refused, in another process" : fault);
}

template <class T>
T checked_peak(const DataSource<T>& v, Reducer& reducer) {
  T peak = 0;
  std::string fault;
  for_frames(v, [&](const T* column, Index frame) {
    const T of_column = peak_of(column, v.bins());
    if (std::isnan(of_column)) fault = fault_of_cell(column, frame);
    peak = std::max(peak, of_column);
    return fault.empty();
  });
  refuse_faulty(fault, reducer);
  return static_cast<T>(reducer.reduce(static_cast<double>(peak), Reduction::max));
}

template <class T>
void refuse_zeros(const DataSource<T>& v, double beta, Reducer& reducer) {
  std::string fault;
  for_frames(v, [&](const T* column, Index frame) {
    const T* zero = std::find(column, column + v.bins(), T{0});
    if (zero == column + v.bins()) return true;
    fault = cell_text(zero - column, frame) +
            " = 0, expected more than 0 for beta = " + number_text(beta) + " without normalisation";
    return false;
  });
  refuse_faulty(fault, reducer);
}

template <class T>
void check_given(const DataSource<T>& v, const FactorizeOptions& options, const Factors<T>* given) {
  if (options.start != Start::given) {
    if (!options.fixed_columns.empty()) {
      throw bad_argument("fixed_columns", std::to_string(options.fixed_columns.size()) + " entries",
                         "none without a given start, which has the columns to keep");
    }
    return;
  }
  if (given == nullptr) throw Error(ErrorCode::usage, "start = given, but no factors were given");
  const Index k = options.num_components;
  const Index columns = k * options.template_frames;
  if (given->w.rows() != v.bins() || given->w.cols() != columns || given->h.rows() != k ||
      given->h.cols() != v.frames()) {
    const auto shape = [](Index r, Index c) {
      return "[" + std::to_string(r) + " x " + std::to_string(c) + "]";
    };
    throw Error(ErrorCode::usage, "the given start is W " +
                                      shape(given->w.rows(), given->w.cols()) + ", H " +
                                      shape(given->h.rows(), given->h.cols()) + ", expected W " +
                                      shape(v.bins(), columns) + ", H " + shape(k, v.frames()));
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
    throw bad_argument("product_precision", "bf16 for V in double", "full, or V in float");
  }
}

template float checked_peak(const DataSource<float>&, Reducer&);
template void refuse_zeros(const DataSource<float>&, double, Reducer&);
template void check_given(const DataSource<float>&, const FactorizeOptions&, const Factors<float>*);
template void check_precision<float>(const FactorizeOptions&);
template double checked_peak(const DataSource<double>&, Reducer&);
template void refuse_zeros(const DataSource<double>&, double, Reducer&);
template void check_given(const DataSource<double>&, const FactorizeOptions&,
                          const Factors<double>*);
template void check_precision<double>(const FactorizeOptions&);

}  // namespace partwise::nmf
