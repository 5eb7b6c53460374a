#include <algorithm>
#include <cmath>
#include <writers/one_shots.hpp>

namespace partwise {
namespace {

constexpr double kLead_s = 0.002;  // before the onset, which is known to a millisecond or two
constexpr double kLongest_s = 2;
constexpr double kTail = 2;           // times the fall by 20 dB: 40 dB down, where falls are even
constexpr double kAttack_s = 0.1;     // what makes a drum recognisable
constexpr double kTogether_s = 0.03;  // hits that begin so much before this one sound with it
constexpr double kListened_s = 0.35;  // of a hit; what comes later hardly spoils it

double spoiled_by(const std::vector<PartEvents>& events, std::size_t part, double onset_s) {
  double sum = 0;
  for (std::size_t other = 0; other < events.size(); ++other) {
    if (other == part) continue;
    for (const Event& event : events[other].events) {
      const double after = event.onset_s - onset_s;
      if (after <= -kTogether_s || after >= kListened_s) continue;
      sum += after < kAttack_s ? 2 * event.strength : event.strength;
    }
  }
  return sum;
}

std::size_t cleanest(const std::vector<PartEvents>& events, std::size_t part) {
  const auto& own = events[part].events;
  std::size_t best = 0;
  double best_score = -1;
  for (std::size_t i = 0; i < own.size(); ++i) {
    const double score =
        std::sqrt(own[i].strength) / (1 + spoiled_by(events, part, own[i].onset_s));
    if (score <= best_score) continue;
    best_score = score;
    best = i;
  }
  return best;
}

}  // namespace

std::vector<OneShot> choose_one_shots(const std::vector<PartEvents>& events, Index num_samples,
                                      double sample_rate_hz) {
  std::vector<OneShot> shots;
  for (std::size_t part = 0; part < events.size(); ++part) {
    const auto& own = events[part].events;
    if (events[part].kind != PartKind::drums || own.empty()) continue;
    const std::size_t i = cleanest(events, part);
    const double first_s = std::max(own[i].onset_s - kLead_s, 0.0);
    double end_s =
        own[i].onset_s + std::min(kTail * (own[i].offset_s - own[i].onset_s), kLongest_s);
    if (i + 1 < own.size()) end_s = std::min(end_s, own[i + 1].onset_s - kLead_s);
    const auto sample = [&](double seconds) {
      return std::clamp<Index>(std::lround(seconds * sample_rate_hz), 0, num_samples);
    };
    const Index first = std::min(sample(first_s), num_samples - 1);
    shots.push_back({static_cast<Index>(part), first, std::max<Index>(sample(end_s) - first, 1)});
  }
  return shots;
}

}  // namespace partwise
