// A session of a DAW: every part and the residual on a track of its own, and the hits as MIDI.
#include <algorithm>
#include <pictures/colour_map.hpp>
#include <writers/dawproject.hpp>
#include <writers/output.hpp>
#include <writers/output_files.hpp>
#include <writers/reaper_project.hpp>

namespace partwise {
namespace {

constexpr std::uint32_t kResidualColor = 0x808080;

std::uint32_t color_of_part(std::size_t part) {
  const auto color = pictures::colour_of_part(static_cast<Index>(part));
  return static_cast<std::uint32_t>(color.red) << 16U |
         static_cast<std::uint32_t>(color.green) << 8U | color.blue;
}

/// The tracks of a session: parts and residual add up to the recording.
std::vector<SessionTrack> session_tracks(const RunContext& context) {
  const Signal& signal = context.signal;
  std::vector<SessionTrack> tracks;
  for (const RunTrack& track : context.tracks) {
    const bool is_part = track.kind == TrackKind::part;
    if (!is_part && track.kind != TrackKind::residual) continue;
    tracks.push_back({track.name, track.file_name,
                      is_part ? color_of_part(tracks.size()) : kResidualColor,
                      signal.num_channels(), signal.num_samples(), signal.sample_rate_hz});
  }
  return tracks;
}

class SessionOutput final : public Output {
 public:
  explicit SessionOutput(const RunContext& context) : context_(context) {
    session_.start_s =
        static_cast<double>(context.time_reference.value_or(0)) / context.signal.sample_rate_hz;
    session_.tracks = session_tracks(context);
    check_session(session_);
  }

  std::vector<std::string> finish(RunResults& results) override {
    std::vector<std::string> names;
    for (const PartName& part : context_.part_names) names.push_back(part.name);
    session_.notes = session_notes(results.events, names);
    return {context_.options.session == SessionFormat::reaper ? write_reaper() : write_archive()};
  }

 private:
  [[nodiscard]] std::string write_reaper() const {
    write_file(context_.folder, "session.rpp", reaper_project(session_));
    return "session.rpp";
  }

  [[nodiscard]] std::string write_archive() const {
    const auto sink = context_.folder.create("session.dawproject");
    const auto open = [&](const std::string& name) {
      context_.control.check_stop();
      return context_.folder.open(name);
    };
    write_dawproject(session_, context_.input.info.tags, open, *sink);
    sink->finish();
    return "session.dawproject";
  }

  const RunContext& context_;
  Session session_;
};

/// Before any work: what is known of the parts then.
void check_plan(const RunOptions& options, const RunPlan& plan) {
  Session session;
  for (Index part = 0; part < plan.num_parts; ++part) {
    const bool is_named = part < static_cast<Index>(options.names.size());
    session.tracks.push_back({is_named ? options.names[part] : "", "", 0, plan.num_channels,
                              plan.num_samples, plan.sample_rate_hz});
  }
  session.tracks.push_back(session.tracks.back());
  session.tracks.back().name = "residual";
  check_session(session);
}

}  // namespace

OutputSpec session_output() {
  return {.name = "session",
          .wanted = [](const RunOptions& options) { return options.session.has_value(); },
          .make = make_output<SessionOutput>,
          .after = {"stems", "events"},
          .check = check_plan};
}

}  // namespace partwise
