// What can be heard, as the page reads it.
#include <report/base64.hpp>
#include <report/json_fields.hpp>
#include <report/model_json.hpp>

namespace partwise::report {
namespace {

void write_segments(const ReportTrack& track, TextOut& out) {
  field(out, "segments");
  if (track.segments.empty()) {
    out << "null";
    return;
  }
  out << "[";
  for (std::size_t i = 0; i < track.segments.size(); ++i) {
    out << (i == 0 ? "\"" : ",\n\"");
    append_base64(out.text(), track.segments[i]);
    out << "\"";
  }
  out << "]";
}

void write_track(const ReportTrack& track, TextOut& out) {
  out << "{";
  string_field(out, "name", track.name);
  out << ",";
  string_field(out, "kind", track.kind);
  out << ",";
  field(out, "file_name");
  if (track.file_name.empty()) {
    out << "null";
  } else {
    append_string(out.text(), track.file_name);
  }
  out << ",";
  number_field(out, "peak", track.peak);
  out << ",";
  field(out, "outline");
  out << "\"";
  append_base64(out.text(), std::as_bytes(std::span(track.outline)));
  out << "\",";
  write_segments(track, out);
  out << "}";
}

}  // namespace

void write_audio(const ReportAudio& audio, TextOut& out) {
  out << "{";
  string_field(out, "codec", audio.codec);
  out << ",";
  string_field(out, "media_type", audio.media_type);
  out << (audio.lossless ? ",\"lossless\":true," : ",\"lossless\":false,");
  number_field(out, "rate", audio.sample_rate_hz);
  const std::pair<const char*, Index> sizes[] = {{"samples", audio.num_samples},
                                                 {"channels", audio.num_channels},
                                                 {"segment_samples", audio.segment_samples},
                                                 {"lead_samples", audio.lead_samples}};
  for (const auto& [name, value] : sizes) {
    out << ",";
    integer_field(out, name, value);
  }
  out << ",";
  number_field(out, "scale", audio.scale);
  out << ",";
  number_field(out, "budget_bytes", static_cast<double>(audio.budget_bytes));
  out << ",";
  string_field(out, "note", audio.note);
  out << ",";
  field(out, "tracks");
  out << "[";
  for (std::size_t i = 0; i < audio.tracks.size(); ++i) {
    out << (i == 0 ? "\n" : ",\n");
    write_track(audio.tracks[i], out);
  }
  out << "]}";
}

}  // namespace partwise::report
