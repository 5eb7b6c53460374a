// What begins when in each part.
#include <algorithm>
#include <cmath>
#include <functional>
#include <report/model_json.hpp>
#include <vector>

namespace partwise::report {
namespace {

// 300 kB of text; beyond that the strongest are shown, and the page says nothing of the others.
constexpr std::size_t kMostMarks = 10'000;

constexpr int kStrengthDigits = 3;
constexpr double kPerSecond = 1e4;  // times to 0.1 ms

/// The least strength of a mark that is shown.
double least_strength(const std::vector<std::vector<ReportMark>>& marks) {
  std::vector<double> strengths;
  for (const auto& part : marks) {
    for (const ReportMark& mark : part) strengths.push_back(mark.strength);
  }
  if (strengths.size() <= kMostMarks) return 0;
  const auto limit = strengths.begin() + static_cast<std::ptrdiff_t>(kMostMarks);
  std::nth_element(strengths.begin(), limit, strengths.end(), std::greater<>());
  return std::nextafter(*limit, 2.0);  // of equal ones at the limit none, so that the cap holds
}

void write_mark(const ReportMark& mark, JsonWriter& json) {
  const auto time = [](double seconds) { return std::round(seconds * kPerSecond) / kPerSecond; };
  json.begin_array();
  json.digits(time(mark.onset_s), kFactDigits);
  json.digits(time(mark.offset_s), kFactDigits);
  json.digits(mark.strength, kStrengthDigits);
  json.digits(mark.pitch, kFactDigits);
  json.end_array();
}

}  // namespace

void write_events(const std::vector<std::vector<ReportMark>>& marks, JsonWriter& json) {
  const double least = least_strength(marks);
  json.begin_array();
  for (std::size_t part = 0; part < marks.size(); ++part) {
    if (part > 0) json.line_break();
    json.begin_array();
    for (const ReportMark& mark : marks[part]) {
      if (mark.strength >= least) write_mark(mark, json);
    }
    json.end_array();
  }
  json.end_array();
}

}  // namespace partwise::report
