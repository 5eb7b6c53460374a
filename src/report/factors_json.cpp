// W and H as far as a screen can show them, as 16-bit codes of decibels.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <report/base64.hpp>
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
void write_rows(JsonWriter& json, const std::vector<double>& values, Index rows) {
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
  json.begin_object();
  json.field("points", points);
  json.digits_field("depth_db", kDepthDb, kFactDigits);
  json.key("peaks");
  json.begin_array();
  for (const double peak : peaks) json.digits(peak, kFactDigits);
  json.end_array();
  json.key("codes");
  json.string_made_by([&](std::string& out) { append_base64(out, codes); });
  json.end_object();
}

void write_objective(JsonWriter& json, const std::vector<double>& trace) {
  const auto count = static_cast<Index>(trace.size());
  const Index step = values_per_point(count, kObjectivePoints);
  json.begin_object();
  json.field("iterations_per_point", step);
  json.field("last_iteration", std::max<Index>(count - 1, 0));
  json.key("values");
  json.begin_array();
  for (Index i = 0; i < count; i += step) {
    json.digits(trace[static_cast<std::size_t>(i)], kObjectiveDigits);
  }
  // The last value closes the trace whether or not the steps meet it.
  if (count > 0 && (count - 1) % step != 0) json.digits(trace.back(), kObjectiveDigits);
  json.end_array();
  json.end_object();
}

/// The two fields `spectra` and `activations`.
void write_templates(MatrixView<const float> w, MatrixView<const float> h, Index bins_per_point,
                     Index frames_per_point, JsonWriter& json) {
  std::vector<double> spectra, activations;
  for (Index k = 0; k < w.cols; ++k) {
    append_maxima(spectra, w.rows, bins_per_point, [&](Index f) { return w(f, k); });
    append_maxima(activations, h.cols, frames_per_point, [&](Index t) { return h(k, t); });
  }
  json.key("spectra");
  write_rows(json, spectra, w.cols);
  json.line_break();
  json.key("activations");
  write_rows(json, activations, w.cols);
}

}  // namespace

void write_components(const ReportModel& model, JsonWriter& json) {
  const MatrixView<const float>&w = model.component_w, &h = model.component_h;
  if (w.cols == 0) {
    json.null();
    return;
  }
  const Index bins_per_point = values_per_point(w.rows, points_each(w.cols, kMemberSpectrumPoints));
  const Index frames_per_point =
      values_per_point(h.cols, points_each(w.cols, kMemberActivationPoints));
  json.begin_object();
  json.field("bins_per_point", bins_per_point);
  json.field("frames_per_point", frames_per_point);
  write_templates(w, h, bins_per_point, frames_per_point, json);
  json.end_object();
}

void write_factors(const ReportModel& model, JsonWriter& json) {
  const Index components = model.w.cols, bins = model.w.rows, frames = model.h.cols;
  const Index bins_per_point = values_per_point(bins, points_each(components, kSpectrumPoints));
  const Index frames_per_point =
      values_per_point(frames, points_each(components, kActivationPoints));
  json.begin_object();
  json.field("components", components);
  json.field("bins", bins);
  json.field("frames", frames);
  json.field("bins_per_point", bins_per_point);
  json.field("frames_per_point", frames_per_point);
  json.digits_field("bin_hz", model.bin_hz, kFactDigits);
  json.digits_field("frame_seconds", model.frame_seconds, kFactDigits);
  json.line_break();
  write_templates(model.w, model.h, bins_per_point, frames_per_point, json);
  json.line_break();
  json.key("objective");
  write_objective(json, model.objective);
  json.end_object();
}

}  // namespace partwise::report
