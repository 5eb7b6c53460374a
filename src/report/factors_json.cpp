// W and H as far as a screen can show them, as 16-bit codes of decibels.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <report/base64.hpp>
#include <report/json_fields.hpp>
#include <report/model_json.hpp>
#include <vector>

namespace partwise::report {
namespace {

// What a screen can show: 2000 points across, and every bin up to n_fft = 16384, since a log axis
// spreads the low ones.
constexpr Index kActivationPoints = 2000;
constexpr Index kSpectrumPoints = 8193;
constexpr Index kObjectivePoints = 2000;
// Of a component that is one of many in a part, a small picture is shown.
constexpr Index kMemberSpectrumPoints = 1025;
constexpr Index kMemberActivationPoints = 600;
// W and H together stay near 5 MB of text whatever K is; with more components each gets fewer
// points.
constexpr Index kFactorPoints = 1'000'000;
constexpr Index kFewestPoints = 64;

constexpr int kObjectiveDigits = 7;  // neighbours in a flat trace still differ

constexpr double kDepthDb = 120;        // deeper than any picture, and below a 16-bit step
constexpr double kLargestCode = 65535;  // code 0 is silence

/// Neighbours that share a point, so that `count` values become at most `points`.
Index values_per_point(Index count, Index points) {
  return std::max<Index>(1, (count + points - 1) / points);
}

Index points_each(Index components, Index most) {
  return std::clamp(kFactorPoints / std::max<Index>(components, 1), kFewestPoints, most);
}

/// The largest of each `per_point` neighbours of value(0), ..., value(count - 1); what is not a
/// number counts as nothing.
template <class Value>
void append_maxima(std::vector<double>& out, Index count, Index per_point, const Value& value) {
  for (Index first = 0; first < count; first += per_point) {
    double largest = 0;
    for (Index i = first; i < std::min(first + per_point, count); ++i) {
      const double one = value(i);
      if (std::isfinite(one)) largest = std::max(largest, one);
    }
    out.push_back(largest);
  }
}

std::uint16_t code_of(double value, double peak) {
  if (!(value > 0)) return 0;
  const double share = 1 + 20 * (std::log10(value) - std::log10(peak)) / kDepthDb;
  return static_cast<std::uint16_t>(std::lround(std::max(share * kLargestCode, 0.0)));
}

/// K rows of points: their peaks, and every point as decibels below its row's peak.
void write_rows(TextOut& out, const std::vector<double>& values, Index rows) {
  const Index points = rows > 0 ? static_cast<Index>(values.size()) / rows : 0;
  std::vector<double> peaks;
  std::vector<std::byte> codes;  // little-endian
  codes.reserve(values.size() * 2);
  for (Index k = 0; k < rows; ++k) {
    const auto row = values.begin() + k * points;
    peaks.push_back(points > 0 ? *std::max_element(row, row + points) : 0);
    std::for_each(row, row + points, [&](double value) {
      const unsigned code = code_of(value, peaks.back());
      codes.push_back(static_cast<std::byte>(code & 255U));
      codes.push_back(static_cast<std::byte>(code >> 8));
    });
  }
  out << "{";
  integer_field(out, "points", points);
  out << ",";
  number_field(out, "depth_db", kDepthDb);
  out << ",\"peaks\":[";
  for (std::size_t k = 0; k < peaks.size(); ++k) {
    if (k != 0) out << ",";
    append_number(out.text(), peaks[k], kFactDigits);
  }
  out << "],\"codes\":\"";
  append_base64(out.text(), codes);
  out << "\"}";
}

void write_objective(TextOut& out, const std::vector<double>& trace) {
  const auto count = static_cast<Index>(trace.size());
  const Index step = values_per_point(count, kObjectivePoints);
  out << "{";
  integer_field(out, "iterations_per_point", step);
  out << ",";
  integer_field(out, "last_iteration", std::max<Index>(count - 1, 0));
  out << ",\"values\":[";
  for (Index i = 0; i < count; i += step) {
    if (i != 0) out << ",";
    append_number(out.text(), trace[static_cast<std::size_t>(i)], kObjectiveDigits);
  }
  // The last value closes the trace whether or not the steps meet it.
  if (count > 0 && (count - 1) % step != 0) {
    out << ",";
    append_number(out.text(), trace.back(), kObjectiveDigits);
  }
  out << "]}";
}

/// The two fields `spectra` and `activations`.
void write_templates(MatrixView<const float> w, MatrixView<const float> h, Index bins_per_point,
                     Index frames_per_point, TextOut& out) {
  std::vector<double> spectra, activations;
  for (Index k = 0; k < w.cols; ++k) {
    append_maxima(spectra, w.rows, bins_per_point, [&](Index f) { return w(f, k); });
    append_maxima(activations, h.cols, frames_per_point, [&](Index t) { return h(k, t); });
  }
  field(out, "spectra");
  write_rows(out, spectra, w.cols);
  out << ",\n";
  field(out, "activations");
  write_rows(out, activations, w.cols);
}

}  // namespace

void write_components(const ReportModel& model, TextOut& out) {
  const MatrixView<const float>&w = model.component_w, &h = model.component_h;
  if (w.cols == 0) {
    out << "null";
    return;
  }
  const Index bins_per_point = values_per_point(w.rows, points_each(w.cols, kMemberSpectrumPoints));
  const Index frames_per_point =
      values_per_point(h.cols, points_each(w.cols, kMemberActivationPoints));
  out << "{";
  integer_field(out, "bins_per_point", bins_per_point);
  out << ",";
  integer_field(out, "frames_per_point", frames_per_point);
  out << ",";
  write_templates(w, h, bins_per_point, frames_per_point, out);
  out << "}";
}

void write_factors(const ReportModel& model, TextOut& out) {
  const Index components = model.w.cols, bins = model.w.rows, frames = model.h.cols;
  const Index bins_per_point = values_per_point(bins, points_each(components, kSpectrumPoints));
  const Index frames_per_point =
      values_per_point(frames, points_each(components, kActivationPoints));
  const std::pair<const char*, Index> shape[] = {{"components", components},
                                                 {"bins", bins},
                                                 {"frames", frames},
                                                 {"bins_per_point", bins_per_point},
                                                 {"frames_per_point", frames_per_point}};
  out << "{";
  for (const auto& [name, value] : shape) {
    integer_field(out, name, value);
    out << ",";
  }
  number_field(out, "bin_hz", model.bin_hz);
  out << ",";
  number_field(out, "frame_seconds", model.frame_seconds);
  out << ",\n";
  write_templates(model.w, model.h, bins_per_point, frames_per_point, out);
  out << ",\n";
  field(out, "objective");
  write_objective(out, model.objective);
  out << "}";
}

}  // namespace partwise::report
