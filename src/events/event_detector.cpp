#include <algorithm>
#include <array>
#include <dsp/scratch_pool.hpp>
#include <events/part_events.hpp>
#include <events/spectrum.hpp>
#include <numeric>
#include <partwise/error.hpp>
#include <string>

namespace partwise {
namespace {

constexpr float kSilent = 1e-3F;  // 60 dB below the loudest part: what masks leave, not a part

void check_at_least_one(const char* name, Index value) {
  if (value >= 1) return;
  throw bad_argument(name, value, "1 or more");
}

double checked_rate(double rate_hz) {
  if (kSampleRateRange.contains(rate_hz)) return rate_hz;
  throw bad_argument("sample_rate_hz", rate_hz, kSampleRateRange);
}

void check_model(const EventModel& model, Index num_parts) {
  if (model.h.rows != model.w.cols) {
    throw bad_argument("rows of h", model.h.rows, std::to_string(model.w.cols) + " (columns of w)");
  }
  if (static_cast<Index>(model.groups.size()) != num_parts) {
    throw bad_argument("groups", model.groups.size(), std::to_string(num_parts) + " (parts)");
  }
  for (const auto& group : model.groups) {
    if (group.empty()) throw bad_argument("groups", "an empty one", "a component or more in each");
    for (const Index k : group) {
      if (k >= 0 && k < model.w.cols) continue;
      throw bad_argument("groups", "component " + std::to_string(k),
                         "0.." + std::to_string(model.w.cols - 1));
    }
  }
  if (!(model.bin_hz > 0)) throw bad_argument("bin_hz", model.bin_hz, "more than 0");
  if (!(model.frame_seconds > 0)) {
    throw bad_argument("frame_seconds", model.frame_seconds, "more than 0");
  }
}

float loudest_of(const PartTrack& track) {
  const auto& all = track.amplitudes();
  return all.empty() ? 0 : *std::max_element(all.begin(), all.end());
}

/// Drums of a kit have keys of their own, so that a sampler can tell them apart.
class DrumKeys {
 public:
  int take(const std::vector<int>& suitable) {
    for (const int key : suitable) {
      if (try_take(key)) return key;
    }
    for (int key = kFirstKey; key <= kLastKey; ++key) {
      if (try_take(key)) return key;
    }
    return suitable.front();  // more drums than keys
  }

 private:
  static constexpr int kFirstKey = 35, kLastKey = 81;  // General MIDI's percussion

  bool try_take(int key) {
    bool& taken = taken_[static_cast<std::size_t>(key)];
    return !std::exchange(taken, true);
  }

  std::array<bool, kLastKey + 1> taken_{};
};

}  // namespace

const char* part_kind_name(PartKind kind) {
  switch (kind) {
    case PartKind::silent:
      return "silent";
    case PartKind::drums:
      return "drums";
    case PartKind::tones:
      return "tones";
  }
  return "unknown";
}

class EventDetector::Impl {
 public:
  Impl(Index num_parts, Index num_channels, Index num_samples, double rate_hz)
      : plan_(num_samples, checked_rate(rate_hz)),
        seconds_(static_cast<double>(num_samples) / rate_hz) {
    tracks_.reserve(static_cast<std::size_t>(num_parts));
    for (Index part = 0; part < num_parts; ++part) tracks_.emplace_back(plan_, num_channels);
  }

  [[nodiscard]] Index num_parts() const { return static_cast<Index>(tracks_.size()); }

  void add(std::span<const MatrixView<const float>> parts, Reducer& reducer) {
    reducer.for_each(num_parts(), [&](Index part) {
      const auto scratch = pool_.take([&] { return TrackScratch(plan_); });
      tracks_[part].add(parts[part], *scratch);
    });
  }

  std::vector<PartEvents> finish(const EventModel& model, Reducer& reducer) {
    reducer.for_each(num_parts(), [&](Index part) {
      const auto scratch = pool_.take([&] { return TrackScratch(plan_); });
      tracks_[part].finish(*scratch);
    });
    std::vector<float> loudest(tracks_.size());
    std::transform(tracks_.begin(), tracks_.end(), loudest.begin(), loudest_of);
    const float limit = *std::max_element(loudest.begin(), loudest.end()) * kSilent;
    std::vector<PartEvents> out(tracks_.size());
    reducer.for_each(num_parts(), [&](Index part) {
      if (!(loudest[part] > limit)) return;
      out[part] = events_of_part(tracks_[part], plan_, model, model.groups[part], seconds_);
    });
    choose_drum_keys(model, loudest, out);
    return out;
  }

 private:
  /// The loudest part chooses first.
  static void choose_drum_keys(const EventModel& model, const std::vector<float>& loudest,
                               std::vector<PartEvents>& out) {
    std::vector<Index> order(out.size());
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](Index a, Index b) { return loudest[a] > loudest[b]; });
    DrumKeys keys;
    for (const Index part : order) {
      if (out[part].kind != PartKind::drums || out[part].events.empty()) continue;
      const std::vector<float> spectrum = part_amplitudes(model, model.groups[part]);
      out[part].drum_key = keys.take(drum_keys(spectrum, model.bin_hz));
      for (Event& event : out[part].events) event.key = out[part].drum_key;
    }
  }

  TrackPlan plan_;
  double seconds_;
  std::vector<PartTrack> tracks_;
  ScratchPool<TrackScratch> pool_;
};

EventDetector::EventDetector(Index num_parts, Index num_channels, Index num_samples,
                             double sample_rate_hz) {
  check_at_least_one("num_parts", num_parts);
  check_at_least_one("num_channels", num_channels);
  check_at_least_one("num_samples", num_samples);
  impl_ = std::make_unique<Impl>(num_parts, num_channels, num_samples, sample_rate_hz);
}

EventDetector::~EventDetector() = default;

void EventDetector::add(std::span<const MatrixView<const float>> parts, Reducer& reducer) {
  if (static_cast<Index>(parts.size()) != impl_->num_parts()) {
    throw bad_argument("parts", parts.size(), std::to_string(impl_->num_parts()));
  }
  impl_->add(parts, reducer);
}

std::vector<PartEvents> EventDetector::finish(const EventModel& model, Reducer& reducer) {
  check_model(model, impl_->num_parts());
  return impl_->finish(model, reducer);
}

}  // namespace partwise
