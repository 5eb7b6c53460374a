#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <partwise/describe.hpp>
#include <partwise/parts.hpp>

namespace partwise {
namespace {

// What words mean. Where they divide was set on drums, bands and duos with known sources.
/// Squared rises of sqrt(h) re the sum of h. Drums have 0.18 to 0.44, tones at most 0.11.
constexpr double kStruck = 0.15;
constexpr double kTonal = 0.5;     // share of the power in the strongest peaks
constexpr double kOnePitch = 0.6;  // share of the peaks' power at multiples of one frequency
constexpr double kLowHz = 160, kHighDrumHz = 700, kBrightHz = 3000;
constexpr double kWideNoise = 3, kWideHit = 5;  // octaves that four fifths of the power cover
constexpr Index kNumPeaks = 10;
constexpr Index kLobeBins = 2;             // on either side of a peak: Hann's main lobe
constexpr double kMistuning = 0.03;        // half a semitone
constexpr double kLeastFundamental = 0.1;  // of the strongest peak
constexpr int kMostHarmonic = 5;  // the strongest peak may be up to this multiple of the pitch

struct Spectrum {
  const float* w;
  Index bins;
  double bin_hz;

  [[nodiscard]] double power(Index f) const {
    return static_cast<double>(w[f]) * static_cast<double>(w[f]);
  }
};

/// The highest local maxima, the strongest first.
std::vector<Index> peaks_of(const Spectrum& s) {
  std::vector<Index> peaks;
  for (Index f = 1; f + 1 < s.bins; ++f) {
    if (s.w[f] > s.w[f - 1] && s.w[f] >= s.w[f + 1]) peaks.push_back(f);
  }
  std::stable_sort(peaks.begin(), peaks.end(), [&](Index a, Index b) { return s.w[a] > s.w[b]; });
  if (static_cast<Index>(peaks.size()) > kNumPeaks) peaks.resize(kNumPeaks);
  return peaks;
}

/// The power of a peak and its lobe.
double lobe_power(const Spectrum& s, Index peak) {
  double sum = 0;
  for (Index f = std::max<Index>(0, peak - kLobeBins); f <= std::min(s.bins - 1, peak + kLobeBins);
       ++f) {
    sum += s.power(f);
  }
  return sum;
}

/// Between bins, from the parabola through the logarithms of a peak and its neighbours.
double peak_hz(const Spectrum& s, Index peak) {
  const double a = s.w[peak - 1], b = s.w[peak], c = s.w[peak + 1];
  if (!(a > 0 && c > 0)) return static_cast<double>(peak) * s.bin_hz;
  const double left = std::log(a), middle = std::log(b), right = std::log(c);
  const double curvature = left - 2 * middle + right;
  const double shift = curvature < 0 ? 0.5 * (left - right) / curvature : 0;
  return (static_cast<double>(peak) + shift) * s.bin_hz;
}

bool is_multiple(double hz, double of_hz, double slack_hz) {
  const double ratio = std::max(1.0, std::round(hz / of_hz));
  return std::abs(hz - ratio * of_hz) <= std::max(kMistuning * of_hz, slack_hz);
}

/// The lowest frequency that is a peak and of which the strongest peak is a multiple.
double pitch_of(const Spectrum& s, const std::vector<Index>& peaks) {
  const double strongest = peak_hz(s, peaks.front());
  double pitch = strongest;
  for (const Index peak : peaks) {
    const double hz = peak_hz(s, peak);
    const bool is_heard = s.w[peak] >= kLeastFundamental * s.w[peaks.front()];
    const bool divides =
        hz < pitch && strongest / hz < kMostHarmonic + 0.5 && is_multiple(strongest, hz, s.bin_hz);
    if (is_heard && divides) pitch = hz;
  }
  return pitch;
}

/// What the words are chosen by.
struct Sound {
  double struck = 0;
  double tonal = 0;      ///< share of the power in peaks
  double one_pitch = 0;  ///< share of that at multiples of pitch_hz
  double pitch_hz = 0;
  double strongest_hz = 0;
  double median_hz = 0;  ///< half of the power is below
  double octaves = 0;    ///< that most of the power covers
};

double percentile_hz(const Spectrum& s, double total, double share) {
  double sum = 0;
  Index f = 0;
  while (f + 1 < s.bins && (sum += s.power(f)) < share * total) ++f;
  return std::max(0.5, static_cast<double>(f)) * s.bin_hz;  // bin 0 has no octaves
}

/// Of a component, and how much of it there is.
struct Strokes {
  double rises = 0;  ///< sum max(diff s, 0)^2
  double sum = 0;    ///< sum h = sum s^2
};

Strokes strokes_of(MatrixView<const float> h, Index k) {
  Strokes out;
  double before = std::sqrt(static_cast<double>(h(k, 0)));
  for (Index t = 0; t < h.cols; ++t) {
    const double s = std::sqrt(static_cast<double>(h(k, t)));
    const double rise = std::max(s - before, 0.0);
    out.rises += rise * rise;
    out.sum += s * s;
    before = s;
  }
  return out;
}

/// The mean over components, weighted by how much of each there is: in their sum a long one would
/// hide the strokes of a short one.
double struck_of(MatrixView<const float> w, MatrixView<const float> h,
                 const std::vector<Index>& group) {
  double rises = 0, sum = 0;
  for (const Index k : group) {
    const Strokes strokes = strokes_of(h, k);
    const double mass = std::accumulate(w.column(k), w.column(k) + w.rows, 0.0);
    rises += mass * strokes.rises;
    sum += mass * strokes.sum;
  }
  return sum > 0 ? rises / sum : 0;
}

Sound listen(const Spectrum& s, double total) {
  Sound out;
  out.median_hz = percentile_hz(s, total, 0.5);
  out.octaves = std::log2(percentile_hz(s, total, 0.9) / percentile_hz(s, total, 0.1));
  const auto peaks = peaks_of(s);
  out.strongest_hz = out.pitch_hz = out.median_hz;
  if (peaks.empty()) return out;
  out.strongest_hz = peak_hz(s, peaks.front());
  out.pitch_hz = pitch_of(s, peaks);
  double in_peaks = 0, in_tune = 0;
  for (const Index peak : peaks) {
    const double power = lobe_power(s, peak);
    in_peaks += power;
    if (is_multiple(peak_hz(s, peak), out.pitch_hz, s.bin_hz)) in_tune += power;
  }
  out.tonal = std::min(1.0, in_peaks / total);
  out.one_pitch = in_tune / in_peaks;
  return out;
}

/// "62 Hz", "1.3 kHz"
std::string hertz(double hz) {
  constexpr double kKilo = 1000;
  if (hz < kKilo) return std::to_string(std::lround(hz)) + " Hz";
  const long tenths = std::lround(10 * hz / kKilo);
  const std::string whole = std::to_string(tenths / 10);
  return (tenths % 10 == 0 ? whole : whole + "." + std::to_string(tenths % 10)) + " kHz";
}

/// '#' is no letter of a file's name.
std::string note_in_words(double hz) {
  std::string note = note_name(hz);
  const auto sharp = note.find('#');
  if (sharp != std::string::npos) note[sharp] = 's';
  return note;
}

std::string drum(const Sound& sound) {
  const double hz = sound.strongest_hz;
  const char* size = hz < kLowHz ? "low drum " : hz < kHighDrumHz ? "drum " : "high drum ";
  return size + hertz(hz);
}

std::string hit(const Sound& sound) {
  if (sound.median_hz > kBrightHz) return "bright hit";
  return sound.octaves > kWideHit ? "wide hit" : drum(sound);
}

std::string noise(const Sound& sound) {
  if (sound.median_hz > kBrightHz) return "bright noise";
  if (sound.octaves > kWideNoise) return "wide noise";
  return sound.median_hz < kLowHz ? "low noise" : "middle noise";
}

std::string words_for(const Sound& sound) {
  if (sound.struck > kStruck) return hit(sound);
  const std::string note = note_in_words(sound.pitch_hz);
  if (sound.tonal <= kTonal || note.empty()) return noise(sound);
  return note + (sound.one_pitch > kOnePitch ? " tone" : " and other tones");
}

}  // namespace

std::vector<std::string> name_parts(MatrixView<const float> w, MatrixView<const float> h,
                                    const PartGroups& groups, double bin_hz) {
  const PartFactors factors = sum_components(w, h, groups);
  std::vector<std::string> names;
  std::map<std::string, int> times;
  for (std::size_t part = 0; part < groups.size(); ++part) {
    const Spectrum s{factors.w.column(static_cast<Index>(part)), w.rows, bin_hz};
    double total = 0;
    for (Index f = 0; f < w.rows; ++f) total += s.power(f);
    const bool sounds = total > 0 && first_onset_frame(factors.h, static_cast<Index>(part)) >= 0;
    std::string name = "silence";
    if (sounds) {
      Sound sound = listen(s, total);
      sound.struck = struck_of(w, h, groups[part]);
      name = words_for(sound);
    }
    const int time = ++times[name];
    names.push_back(time == 1 ? name : name + " no " + std::to_string(time));
  }
  return names;
}

}  // namespace partwise
