#include <algorithm>
#include <cmath>
#include <limits>
#include <partwise/decibels.hpp>
#include <partwise/error.hpp>
#include <string>

namespace partwise {
namespace {

void check_positive(const char* name, double value, bool may_be_infinite) {
  if (value > 0 && (may_be_infinite || std::isfinite(value))) return;
  throw bad_argument(name, value, may_be_infinite ? "above 0" : "above 0 and finite");
}

}  // namespace

Matrix<float> amplitude_to_db(MatrixView<const float> amplitude, const DecibelOptions& options) {
  check_positive("reference", options.reference, false);
  check_positive("floor_amplitude", options.floor_amplitude, false);
  check_positive("range_db", options.range_db, true);
  const double floor = options.floor_amplitude;
  const double reference_db = 20 * std::log10(std::max(floor, options.reference));
  Matrix<float> db(amplitude.rows, amplitude.cols);
  float peak_db = -std::numeric_limits<float>::infinity();
  for (Index c = 0; c < amplitude.cols; ++c) {
    for (Index r = 0; r < amplitude.rows; ++r) {
      const double a = std::abs(static_cast<double>(amplitude(r, c)));
      db(r, c) = static_cast<float>(20 * std::log10(std::max(floor, a)) - reference_db);
      peak_db = std::max(peak_db, db(r, c));
    }
  }
  const auto lowest_db = static_cast<float>(peak_db - options.range_db);
  for (Index c = 0; c < db.cols(); ++c) {
    for (Index r = 0; r < db.rows(); ++r) db(r, c) = std::max(db(r, c), lowest_db);
  }
  return db;
}

}  // namespace partwise
