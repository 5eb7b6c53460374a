#include <writers/run_tracks.hpp>

namespace partwise {

std::string_view track_kind_name(TrackKind kind) {
  switch (kind) {
    case TrackKind::part:
      return "part";
    case TrackKind::mix:
      return "mix";
    case TrackKind::residual:
      return "residual";
    case TrackKind::input:
      return "input";
  }
  return "unknown";
}

std::vector<RunTrack> run_tracks(const std::vector<PartName>& parts, const std::string& extension,
                                 bool with_input) {
  std::vector<RunTrack> tracks;
  tracks.reserve(parts.size() + 3);
  for (const PartName& part : parts)
    tracks.push_back({TrackKind::part, part.name, part.stem + "." + extension});
  const auto add = [&](TrackKind kind) {
    const std::string name(track_kind_name(kind));
    tracks.push_back({kind, name, name + "." + extension});
  };
  add(TrackKind::mix);
  add(TrackKind::residual);
  if (with_input) add(TrackKind::input);
  return tracks;
}

}  // namespace partwise
