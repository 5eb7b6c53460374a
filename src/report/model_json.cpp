#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <partwise/error.hpp>
#include <report/base64.hpp>
#include <report/json_text.hpp>
#include <report/model_json.hpp>

namespace partwise::report {
namespace {

// What a screen can show: 2000 points across, and every bin up to n_fft = 16384, since a log axis
// spreads the low ones.
constexpr Index kActivationPoints = 2000;
constexpr Index kSpectrumPoints = 8193;
constexpr Index kObjectivePoints = 2000;
// W and H together stay near 20 MB of text whatever K is; with more components each gets fewer
// points.
constexpr Index kFactorPoints = 1'000'000;
constexpr Index kFewestPoints = 64;

constexpr int kDataDigits = 4;       // a pixel is coarser
constexpr int kFactDigits = 10;      // what words and axes are made from
constexpr int kObjectiveDigits = 7;  // neighbours in a flat trace still differ

void field(TextOut& out, std::string_view name) {
  append_string(out.text(), name);
  out << ":";
}
void number_field(TextOut& out, std::string_view name, double value) {
  field(out, name);
  append_number(out.text(), value, kFactDigits);
}
void integer_field(TextOut& out, std::string_view name, long long value) {
  field(out, name);
  append_integer(out.text(), value);
}
void string_field(TextOut& out, std::string_view name, std::string_view value) {
  field(out, name);
  append_string(out.text(), value);
}

/// Neighbours that share a point, so that `count` values become at most `points`.
Index values_per_point(Index count, Index points) {
  return std::max<Index>(1, (count + points - 1) / points);
}

Index points_each(Index components, Index most) {
  return std::clamp(kFactorPoints / std::max<Index>(components, 1), kFewestPoints, most);
}

/// The largest of each `per_point` neighbours of value(0), ..., value(count - 1).
template <class Value>
void write_maxima(TextOut& out, Index count, Index per_point, const Value& value) {
  out << "[";
  for (Index first = 0; first < count; first += per_point) {
    double largest = value(first);
    for (Index i = first + 1; i < std::min(first + per_point, count); ++i) {
      largest = std::max(largest, static_cast<double>(value(i)));
    }
    if (first != 0) out << ",";
    append_number(out.text(), largest, kDataDigits);
    out.flush_if_large();
  }
  out << "]";
}

void write_spectrogram(const SpectrogramPicture& picture, TextOut& out) {
  out << "{";
  integer_field(out, "width", picture.width);
  out << ",";
  integer_field(out, "height", picture.height);
  const std::pair<const char*, double> facts[] = {{"hz_min", picture.hz_min},
                                                  {"hz_max", picture.hz_max},
                                                  {"duration_s", picture.duration_s},
                                                  {"db_min", picture.db_min},
                                                  {"db_max", picture.db_max}};
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

void write_factors(const ReportModel& model, TextOut& out) {
  const Index components = model.w.cols, bins = model.w.rows, frames = model.h.cols;
  const Index bins_per_point = values_per_point(bins, points_each(components, kSpectrumPoints));
  const Index frames_per_point =
      values_per_point(frames, points_each(components, kActivationPoints));
  const std::pair<const char*, Index> shape[] = {{"components", components},
                                                 {"bins", bins},
                                                 {"frames", frames},
                                                 {"bins_per_point", bins_per_point},
                                                 {"frames_per_point", frames_per_point}};
  out << "{";
  for (const auto& [name, value] : shape) {
    integer_field(out, name, value);
    out << ",";
  }
  number_field(out, "bin_hz", model.bin_hz);
  out << ",";
  number_field(out, "frame_seconds", model.frame_seconds);
  out << ",";
  field(out, "spectra");
  out << "[";
  for (Index k = 0; k < components; ++k) {
    if (k != 0) out << ",\n";
    write_maxima(out, bins, bins_per_point, [&](Index f) { return model.w(f, k); });
  }
  out << "],\n";
  field(out, "activations");
  out << "[";
  for (Index k = 0; k < components; ++k) {
    if (k != 0) out << ",\n";
    write_maxima(out, frames, frames_per_point, [&](Index t) { return model.h(k, t); });
  }
  out << "],\n";
  field(out, "objective");
  const auto& trace = model.objective;
  const auto count = static_cast<Index>(trace.size());
  const Index step = values_per_point(count, kObjectivePoints);
  out << "{";
  integer_field(out, "iterations_per_point", step);
  out << ",";
  integer_field(out, "last_iteration", std::max<Index>(count - 1, 0));
  out << ",\"values\":[";
  for (Index i = 0; i < count; i += step) {
    if (i != 0) out << ",";
    append_number(out.text(), trace[static_cast<std::size_t>(i)], kObjectiveDigits);
  }
  // The last value closes the trace whether or not the steps meet it.
  if (count > 0 && (count - 1) % step != 0) {
    out << ",";
    append_number(out.text(), trace.back(), kObjectiveDigits);
  }
  out << "]}}";
}

/// What a browser should take the file for, by its name.
std::string_view media_type(std::string_view file_name) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".wav", "audio/wav"}, {".flac", "audio/flac"}, {".mp3", "audio/mpeg"},
      {".ogg", "audio/ogg"}, {".opus", "audio/ogg"},  {".m4a", "audio/mp4"}};
  for (const auto& [ending, type] : kTypes) {
    if (file_name.ends_with(ending)) return type;
  }
  return "application/octet-stream";  // the browser looks at the bytes
}

void write_audio_bytes(ByteSource& source, TextOut& out) {
  constexpr std::size_t kBlock = 3 * 64 * 1024;  // a multiple of 3: see append_base64
  std::vector<std::byte> block(kBlock);
  const std::uint64_t size = source.size();
  for (std::uint64_t at = 0; at < size;) {
    const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(kBlock, size - at));
    std::size_t have = 0;
    while (have < want) {
      const auto read = source.read_at(at + have, std::span(block).subspan(have, want - have));
      if (read == 0) {
        throw Error(ErrorCode::cannot_read, source.name() + ": ends after " +
                                                std::to_string(at + have) + " bytes, expected " +
                                                std::to_string(size));
      }
      have += read;
    }
    append_base64(out.text(), std::span<const std::byte>(block).first(want));
    out.flush_if_large();
    at += want;
  }
}

bool fits_alone(const AudioTrack& track) {
  return !track.beside_page && base64_length(track.source->size()) <= kReportAudioBudgetBytes;
}

void write_audio(std::vector<AudioTrack>& tracks, TextOut& out) {
  std::uint64_t bytes = 0;
  for (const auto& track : tracks) {
    if (!track.source) continue;
    const std::uint64_t length = base64_length(track.source->size());
    // Saturates: the sizes come from outside.
    bytes = length > std::numeric_limits<std::uint64_t>::max() - bytes
                ? std::numeric_limits<std::uint64_t>::max()
                : bytes + length;
  }
  const bool inside = bytes <= kReportAudioBudgetBytes;
  out << "{";
  field(out, "inside");
  out << (inside ? "true," : "false,");
  integer_field(out, "budget_bytes", static_cast<long long>(kReportAudioBudgetBytes));
  out << ",";
  number_field(out, "bytes", static_cast<double>(bytes));
  out << ",";
  field(out, "tracks");
  out << "[";
  bool first = true;
  for (auto& track : tracks) {
    out << (first ? "\n{" : ",\n{");
    first = false;
    string_field(out, "name", track.name);
    out << ",";
    string_field(out, "kind", track.kind);
    out << ",";
    string_field(out, "file_name", track.file_name);
    out << ",";
    string_field(out, "media_type", media_type(track.file_name));
    out << ",";
    field(out, "base64");
    if (track.source && (inside || fits_alone(track))) {
      out << "\"";
      write_audio_bytes(*track.source, out);
      out << "\"}";
    } else {
      out << "null}";
    }
  }
  out << "]}";
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
}

void write_model(ReportModel& model, TextOut& out) {
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
  field(out, "pictures");
  out << "{";
  field(out, "spectrogram");
  write_spectrogram(model.spectrogram, out);
  out << "},\n";
  field(out, "factors");
  write_factors(model, out);
  out << ",\n";
  field(out, "audio");
  write_audio(model.audio, out);
  out << "}";
}

}  // namespace partwise::report
