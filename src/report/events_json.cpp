// What begins when in each part.
#include <algorithm>
#include <cmath>
#include <functional>
#include <report/json_fields.hpp>
#include <report/model_json.hpp>
#include <utility>
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

void write_mark(const ReportMark& mark, TextOut& out) {
  const auto time = [](double seconds) { return std::round(seconds * kPerSecond) / kPerSecond; };
  out << "[";
  append_number(out.text(), time(mark.onset_s), kFactDigits);
  out << ",";
  append_number(out.text(), time(mark.offset_s), kFactDigits);
  out << ",";
  append_number(out.text(), mark.strength, kStrengthDigits);
  out << ",";
  append_number(out.text(), mark.pitch, kFactDigits);
  out << "]";
}

}  // namespace

void write_events(const std::vector<std::vector<ReportMark>>& marks, TextOut& out) {
  const double least = least_strength(marks);
  out << "[";
  for (std::size_t part = 0; part < marks.size(); ++part) {
    out << (part == 0 ? "[" : ",\n[");
    bool first = true;
    for (const ReportMark& mark : marks[part]) {
      if (mark.strength < least) continue;
      if (!std::exchange(first, false)) out << ",";
      write_mark(mark, out);
    }
    out << "]";
  }
  out << "]";
}

}  // namespace partwise::report
