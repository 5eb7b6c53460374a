#include <partwise/error.hpp>
#include <report/base64.hpp>
#include <report/json_fields.hpp>
#include <report/model_json.hpp>

namespace partwise::report {
namespace {

void write_spectrogram(const SpectrogramPicture& picture, TextOut& out) {
  out << "{";
  integer_field(out, "width", picture.width);
  out << ",";
  integer_field(out, "height", picture.height);
  const std::pair<const char*, double> facts[] = {
      {"hz_min", picture.hz_min}, {"hz_max", picture.hz_max}, {"duration_s", picture.duration_s},
      {"db_min", picture.db_min}, {"db_max", picture.db_max}, {"reference", picture.reference}};
  for (const auto& [name, value] : facts) {
    out << ",";
    number_field(out, name, value);
  }
  out << ",";
  field(out, "pixels");
  out << "\"";
  append_base64(out.text(), std::as_bytes(std::span(picture.pixels)));
  out << "\"}";
}

}  // namespace

void check_model(const ReportModel& model) {
  const auto& picture = model.spectrogram;
  if (picture.width < 0 || picture.height < 0 ||
      static_cast<std::size_t>(picture.width * picture.height) != picture.pixels.size()) {
    throw Error(ErrorCode::usage, "spectrogram.pixels has " +
                                      std::to_string(picture.pixels.size()) + " values, expected " +
                                      std::to_string(picture.width) + " x " +
                                      std::to_string(picture.height));
  }
  if (model.w.cols != model.h.rows) {
    throw Error(ErrorCode::usage, "h has " + std::to_string(model.h.rows) + " rows, expected " +
                                      std::to_string(model.w.cols) + " (columns of w)");
  }
  if (model.component_w.cols != model.component_h.rows) {
    throw Error(ErrorCode::usage, "component_h has " + std::to_string(model.component_h.rows) +
                                      " rows, expected " + std::to_string(model.component_w.cols) +
                                      " (columns of component_w)");
  }
}

void write_model(const ReportModel& model, TextOut& out) {
  out << "{";
  integer_field(out, "schema_version", kModelSchemaVersion);
  out << ",\n";
  field(out, "summary");
  if (model.summary_json.empty()) {
    out << "null";
  } else {
    append_json(out.text(), model.summary_json);
  }
  out << ",\n";
  field(out, "command");
  if (model.command.empty()) {
    out << "null";
  } else {
    append_string(out.text(), model.command);
  }
  out << ",\n";
  field(out, "pictures");
  out << "{";
  field(out, "spectrogram");
  write_spectrogram(model.spectrogram, out);
  out << "},\n";
  field(out, "factors");
  write_factors(model, out);
  out << ",\n";
  field(out, "events");
  write_events(model.marks, out);
  out << ",\n";
  field(out, "components");
  write_components(model, out);
  out << ",\n";
  field(out, "audio");
  write_audio(model.audio, out);
  out << "}";
}

}  // namespace partwise::report
