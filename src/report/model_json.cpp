#include <partwise/error.hpp>
#include <report/base64.hpp>
#include <report/model_json.hpp>
#include <utility>

namespace partwise::report {
namespace {

void write_spectrogram(const SpectrogramPicture& picture, JsonWriter& json) {
  json.begin_object();
  json.field("width", picture.width);
  json.field("height", picture.height);
  const std::pair<const char*, double> facts[] = {
      {"hz_min", picture.hz_min}, {"hz_max", picture.hz_max}, {"duration_s", picture.duration_s},
      {"db_min", picture.db_min}, {"db_max", picture.db_max}, {"reference", picture.reference}};
  for (const auto& [name, value] : facts) json.digits_field(name, value, kFactDigits);
  json.key("pixels");
  json.string_made_by(
      [&](std::string& out) { append_base64(out, std::as_bytes(std::span(picture.pixels))); });
  json.end_object();
}

}  // namespace

void check_model(const ReportModel& model) {
  const auto& picture = model.spectrogram;
  if (picture.width < 0 || picture.height < 0 ||
      static_cast<std::size_t>(picture.width * picture.height) != picture.pixels.size()) {
    throw bad_argument("spectrogram.pixels.size()", picture.pixels.size(),
                       std::to_string(picture.width) + " x " + std::to_string(picture.height));
  }
  if (model.w.cols != model.h.rows) {
    throw bad_argument("h.rows", model.h.rows, std::to_string(model.w.cols) + " (columns of w)");
  }
  if (model.component_w.cols != model.component_h.rows) {
    throw bad_argument("component_h.rows", model.component_h.rows,
                       std::to_string(model.component_w.cols) + " (columns of component_w)");
  }
}

void write_model(const ReportModel& model, JsonWriter& json) {
  json.begin_object();
  json.field("schema_version", kModelSchemaVersion);
  json.line_break();
  json.key("summary");
  if (model.summary_json.empty()) {
    json.null();
  } else {
    json.json(model.summary_json);
  }
  json.line_break();
  json.text_or_null("command", model.command);
  json.line_break();
  json.key("pictures");
  json.begin_object();
  json.key("spectrogram");
  write_spectrogram(model.spectrogram, json);
  json.end_object();
  json.line_break();
  json.key("factors");
  write_factors(model, json);
  json.line_break();
  json.key("events");
  write_events(model.marks, json);
  json.line_break();
  json.key("components");
  write_components(model, json);
  json.line_break();
  json.key("audio");
  write_audio(model.audio, json);
  json.end_object();
}

}  // namespace partwise::report
