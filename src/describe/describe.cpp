#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <partwise/describe.hpp>

namespace partwise {
namespace {

constexpr double kConcertPitchHz = 440;  // A4
constexpr int kConcertPitchKey = 69;     // its MIDI key
constexpr int kNotesPerOctave = 12;
constexpr double kLowestNoteHz = 8;  // MIDI key 0 is 8.18 Hz
constexpr double kHighestNoteHz = 20e3;

/// An onset is where the activation reaches this share of its maximum.
constexpr double kOnsetShare = 0.25;

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// sum x^2 over bins of template k, in double: squares of floats neither over- nor underflow.
double template_energy(MatrixView<const float> w, Index k) {
  double sum = 0;
  for (Index f = 0; f < w.rows; ++f) sum += static_cast<double>(w(f, k)) * w(f, k);
  return sum;
}

double activation_energy(MatrixView<const float> h, Index k) {
  double sum = 0;
  for (Index t = 0; t < h.cols; ++t) sum += static_cast<double>(h(k, t)) * h(k, t);
  return sum;
}

/// The first bin with the template's maximum.
Index peak_bin(MatrixView<const float> w, Index k) {
  const float* column = w.column(k);
  return std::max_element(column, column + w.rows) - column;
}

}  // namespace

std::string note_name(double frequency_hz) {
  if (!(frequency_hz >= kLowestNoteHz && frequency_hz <= kHighestNoteHz)) return "";
  static constexpr std::array<const char*, kNotesPerOctave> kNames = {
      "C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
  const double octaves = std::log2(frequency_hz / kConcertPitchHz);
  const auto key = static_cast<int>(std::lround(kConcertPitchKey + kNotesPerOctave * octaves));
  return kNames[key % kNotesPerOctave] + std::to_string(key / kNotesPerOctave - 1);
}

Index first_onset_frame(MatrixView<const float> h, Index component) {
  float largest = 0;
  for (Index t = 0; t < h.cols; ++t) largest = std::max(largest, h(component, t));
  if (!(largest > 0)) return -1;
  Index t = 0;
  while (h(component, t) < kOnsetShare * largest) ++t;
  return t;
}

std::vector<ComponentDescription> describe_components(MatrixView<const float> w,
                                                      MatrixView<const float> h, double bin_hz,
                                                      double frame_seconds) {
  std::vector<ComponentDescription> descriptions(static_cast<std::size_t>(w.cols));
  double total = 0;
  for (Index k = 0; k < w.cols; ++k) {
    ComponentDescription& d = descriptions[k];
    d.energy_share = template_energy(w, k) * activation_energy(h, k);
    total += d.energy_share;
    if (!(d.energy_share > 0)) {
      d.peak_hz = kUndefined;
      d.first_onset_s = kUndefined;
      continue;
    }
    d.peak_bin = peak_bin(w, k);
    d.peak_hz = static_cast<double>(d.peak_bin) * bin_hz;
    d.note = note_name(d.peak_hz);
    d.first_onset_s = static_cast<double>(first_onset_frame(h, k)) * frame_seconds;
  }
  if (total > 0) {
    for (ComponentDescription& d : descriptions) d.energy_share /= total;
  }
  return descriptions;
}

std::vector<Index> component_order(const std::vector<ComponentDescription>& descriptions,
                                   SortOrder sort) {
  std::vector<Index> order(descriptions.size());
  std::iota(order.begin(), order.end(), Index{0});
  const auto sort_by = [&](const auto& comes_before) {
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
      return comes_before(descriptions[a], descriptions[b]);
    });
  };
  using Description = ComponentDescription;
  switch (sort) {
    case SortOrder::peak:
      sort_by([](const Description& a, const Description& b) { return a.peak_bin < b.peak_bin; });
      break;
    case SortOrder::energy:
      sort_by([](const Description& a, const Description& b) {
        return a.energy_share > b.energy_share;
      });
      break;
    case SortOrder::onset:
      sort_by([](const Description& a, const Description& b) {
        if (std::isnan(a.first_onset_s)) return false;
        return std::isnan(b.first_onset_s) || a.first_onset_s < b.first_onset_s;
      });
      break;
    case SortOrder::none:
      break;
  }
  return order;
}

}  // namespace partwise
