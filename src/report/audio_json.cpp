// What can be heard, as the page reads it.
#include <report/base64.hpp>
#include <report/model_json.hpp>

namespace partwise::report {
namespace {

void write_segments(const ReportTrack& track, JsonWriter& json) {
  json.key("segments");
  if (track.segments.empty()) {
    json.null();
    return;
  }
  json.begin_array();
  for (std::size_t i = 0; i < track.segments.size(); ++i) {
    if (i > 0) json.line_break();
    json.string_made_by([&](std::string& out) { append_base64(out, track.segments[i]); });
  }
  json.end_array();
}

void write_track(const ReportTrack& track, JsonWriter& json) {
  json.begin_object();
  json.field("name", track.name);
  json.field("kind", track.kind);
  json.text_or_null("file_name", track.file_name);
  json.digits_field("peak", track.peak, kFactDigits);
  json.key("outline");
  json.string_made_by(
      [&](std::string& out) { append_base64(out, std::as_bytes(std::span(track.outline))); });
  write_segments(track, json);
  json.end_object();
}

}  // namespace

void write_audio(const ReportAudio& audio, JsonWriter& json) {
  json.begin_object();
  json.field("codec", audio.codec);
  json.field("media_type", audio.media_type);
  json.field("lossless", audio.lossless);
  json.digits_field("rate", audio.sample_rate_hz, kFactDigits);
  json.field("samples", audio.num_samples);
  json.field("channels", audio.num_channels);
  json.field("segment_samples", audio.segment_samples);
  json.field("lead_samples", audio.lead_samples);
  json.digits_field("scale", audio.scale, kFactDigits);
  json.digits_field("budget_bytes", static_cast<double>(audio.budget_bytes), kFactDigits);
  json.field("note", audio.note);
  json.key("tracks");
  json.begin_array();
  for (const ReportTrack& track : audio.tracks) {
    json.line_break();
    write_track(track, json);
  }
  json.end_array();
  json.end_object();
}

}  // namespace partwise::report
