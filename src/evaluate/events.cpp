#include <algorithm>
#include <cmath>
#include <numeric>
#include <partwise/evaluate.hpp>

namespace partwise {
namespace {

// The tolerance that a hit's own length allows: a part may sound twice where a class has one hit.
constexpr double kSameHit_s = 0.03;

EventTimes sorted(std::span<const double> times) {
  EventTimes out(times.begin(), times.end());
  std::ranges::sort(out);
  return out;
}

/// Pairs of sorted times in windows of one width: the first that fits is as good as any.
Index count_matches(const EventTimes& a, const EventTimes& b, double window_s) {
  Index matched = 0;
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (b[j] < a[i] - window_s) {
      ++j;
    } else if (b[j] > a[i] + window_s) {
      ++i;
    } else {
      ++matched;
      ++i;
      ++j;
    }
  }
  return matched;
}

EventScores scores_of(const EventTimes& a, const EventTimes& b, double window_s) {
  return {count_matches(a, b, window_s), static_cast<Index>(a.size()),
          static_cast<Index>(b.size())};
}

EventTimes without_repeats(EventTimes times) {
  std::ranges::sort(times);
  EventTimes kept;
  for (const double time : times) {
    if (kept.empty() || time - kept.back() > kSameHit_s) kept.push_back(time);
  }
  return kept;
}

/// Which true note may an estimated one be?
using Candidates = std::vector<std::vector<Index>>;

/// The size of the largest matching, by augmenting paths in breadth (Berge 1957).
class LargestMatching {
 public:
  LargestMatching(const Candidates& candidates, Index num_right)
      : candidates_(candidates), left_of_(static_cast<std::size_t>(num_right), -1) {}

  Index run() {
    Index matched = 0;
    for (Index left = 0; left < static_cast<Index>(candidates_.size()); ++left) {
      matched += augment(left) ? 1 : 0;
    }
    return matched;
  }

 private:
  bool augment(Index start) {
    std::vector<Index> came_from(left_of_.size(), -1);
    std::vector<Index> queue = {start};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const Index right : candidates_[queue[at]]) {
        if (came_from[right] >= 0) continue;
        came_from[right] = queue[at];
        if (left_of_[right] < 0) {
          turn(right, start, came_from);
          return true;
        }
        queue.push_back(left_of_[right]);
      }
    }
    return false;
  }

  /// Every left of the path gives its right to the one before it.
  void turn(Index right, Index start, const std::vector<Index>& came_from) {
    for (;;) {
      const Index left = came_from[right];
      const auto had = std::ranges::find(left_of_, left);
      left_of_[right] = left;
      if (left == start) return;
      right = had - left_of_.begin();
    }
  }

  const Candidates& candidates_;
  std::vector<Index> left_of_;
};

/// Distances of times that are meant to be on the edge of a window are so in spite of rounding.
double rounded_distance(double a, double b) {
  constexpr double kSteps = 1e4;
  return std::round(std::abs(a - b) * kSteps) / kSteps;
}

bool is_match(const NoteEvent& truth, const NoteEvent& note, const NoteRules& rules) {
  constexpr double kCents = 100;
  if (rounded_distance(truth.onset_s, note.onset_s) > rules.onset_window_s) return false;
  if (std::abs(truth.midi - note.midi) * kCents > rules.pitch_cents) return false;
  if (!rules.with_offsets) return true;
  const double window =
      std::max(rules.offset_share * (truth.offset_s - truth.onset_s), rules.offset_window_s);
  return rounded_distance(truth.offset_s, note.offset_s) <= window;
}

/// Hits of parts that were given to classes so far.
class HitMap {
 public:
  HitMap(std::span<const EventTimes> classes, std::span<const EventTimes> parts, double window_s)
      : parts_(parts), window_s_(window_s), found_(classes.size()) {
    for (const EventTimes& times : classes) {
      classes_.push_back(sorted(times));
      scores_.push_back({0, static_cast<Index>(times.size()), 0});
    }
    class_of_part_.assign(parts.size(), kNoSource);
  }

  HitScores run() {
    while (add_best()) {
    }
    return {total(), scores_, class_of_part_};
  }

 private:
  [[nodiscard]] EventScores total() const {
    EventScores sum;
    for (const EventScores& score : scores_) sum = plus(sum, score);
    return sum;
  }
  static EventScores plus(const EventScores& a, const EventScores& b) {
    return {a.matched + b.matched, a.true_events + b.true_events, a.estimated + b.estimated};
  }
  static EventScores minus(const EventScores& a, const EventScores& b) {
    return {a.matched - b.matched, a.true_events - b.true_events, a.estimated - b.estimated};
  }

  [[nodiscard]] EventTimes with_part(std::size_t c, std::size_t p) const {
    EventTimes times = found_[c];
    times.insert(times.end(), parts_[p].begin(), parts_[p].end());
    return times;
  }
  [[nodiscard]] EventScores score_with(std::size_t c, std::size_t p) const {
    return scores_of(classes_[c], without_repeats(with_part(c, p)), window_s_);
  }

  bool add_best() {
    constexpr double kLeastGain = 1e-12;  // below, an accident of rounding
    const EventScores now = total();
    double best = now.f_measure() + kLeastGain;
    std::size_t best_part = parts_.size(), best_class = 0;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (class_of_part_[p] != kNoSource) continue;
      for (std::size_t c = 0; c < classes_.size(); ++c) {
        const double f = plus(minus(now, scores_[c]), score_with(c, p)).f_measure();
        if (f <= best) continue;
        best = f;
        best_part = p;
        best_class = c;
      }
    }
    if (best_part == parts_.size()) return false;
    scores_[best_class] = score_with(best_class, best_part);
    found_[best_class] = with_part(best_class, best_part);
    class_of_part_[best_part] = static_cast<Index>(best_class);
    return true;
  }

  std::span<const EventTimes> parts_;
  double window_s_;
  std::vector<EventTimes> classes_, found_;
  std::vector<EventScores> scores_;
  Assignment class_of_part_;
};

}  // namespace

EventScores score_onsets(std::span<const double> true_s, std::span<const double> estimated_s,
                         double window_s) {
  return scores_of(sorted(true_s), sorted(estimated_s), window_s);
}

EventScores score_notes(std::span<const NoteEvent> true_notes, std::span<const NoteEvent> estimated,
                        const NoteRules& rules) {
  Candidates candidates;
  for (const NoteEvent& note : estimated) {
    auto& fitting = candidates.emplace_back();
    for (std::size_t t = 0; t < true_notes.size(); ++t) {
      if (is_match(true_notes[t], note, rules)) fitting.push_back(static_cast<Index>(t));
    }
  }
  const auto num_true = static_cast<Index>(true_notes.size());
  return {LargestMatching(candidates, num_true).run(), num_true,
          static_cast<Index>(estimated.size())};
}

HitScores score_hits(std::span<const EventTimes> classes, std::span<const EventTimes> parts,
                     double window_s) {
  return HitMap(classes, parts, window_s).run();
}

}  // namespace partwise
