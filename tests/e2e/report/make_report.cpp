// Writes report.html and its audio from made-up data: make_report KIND FOLDER STRINGS.json, where
// KIND is
//   plain    six decaying harmonic notes, audio inside the page
//   hostile  the same with names (of STRINGS.json) that try to break out of the page
//   linked   four tracks too long for the page, one with a name full of address characters
//   silent   silence: every undefined figure null, no picture to speak of
#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numbers>
#include <partwise/report.hpp>
#include <string>
#include <vector>

namespace {

using nlohmann::json;
using partwise::Index;
using partwise::Matrix;
namespace fs = std::filesystem;

constexpr double kRate = 22050;
constexpr Index kBins = 1025, kHop = 512;
// What a frame of Hann makes of a sine of amplitude 0.1, so that V has the levels of the sound.
constexpr float kToneLevel = 0.1F * 1024 / 2;
constexpr std::size_t kSegment = 22050;  // a second, so that three seconds have joins
constexpr double kBinHz = kRate / 2048, kFrameSeconds = kHop / kRate;

class FileSink : public partwise::ByteSink {
 public:
  explicit FileSink(const fs::path& path) : file_(path, std::ios::binary) {}
  void write(std::span<const std::byte> bytes) override {
    file_.write(reinterpret_cast<const char*>(bytes.data()),
                static_cast<std::streamsize>(bytes.size()));
  }
  void finish() override { file_.close(); }

 private:
  std::ofstream file_;
};

/// 16-bit mono PCM; this program only runs where the byte order is WAV's own.
std::string wav_bytes(const std::vector<float>& samples) {
  std::string out;
  const auto put = [&](auto value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const auto data = static_cast<std::uint32_t>(samples.size() * 2);
  out += "RIFF";
  put(data + 36);
  out += "WAVEfmt ";
  put(std::uint32_t{16});
  put(std::uint16_t{1});
  put(std::uint16_t{1});
  put(static_cast<std::uint32_t>(kRate));
  put(static_cast<std::uint32_t>(kRate * 2));
  put(std::uint16_t{2});
  put(std::uint16_t{16});
  out += "data";
  put(data);
  for (float s : samples)
    put(static_cast<std::int16_t>(std::clamp(std::lround(32768 * s), -32768L, 32767L)));
  return out;
}

/// The same as 32-bit floats, which a browser gives back to the bit.
std::string float_wav_bytes(const std::vector<float>& samples) {
  std::string out = wav_bytes({});
  const auto set = [&](std::size_t at, auto value) { std::memcpy(&out[at], &value, sizeof value); };
  const auto data = static_cast<std::uint32_t>(samples.size() * sizeof(float));
  set(4, data + 36);
  set(20, std::uint16_t{3});
  set(28, static_cast<std::uint32_t>(kRate * sizeof(float)));
  set(32, std::uint16_t{4});
  set(34, std::uint16_t{32});
  set(40, data);
  return out.append(reinterpret_cast<const char*>(samples.data()), data);
}

/// A note: its pitch, when it is struck, how fast it decays.
struct Note {
  double hz;
  std::vector<double> onsets_s;
  double decay_s;
};

double envelope(const Note& note, double t) {
  double gain = 0;
  for (double onset : note.onsets_s) {
    if (t >= onset) gain += std::exp(-(t - onset) / note.decay_s);
  }
  return gain;
}

float on_grid(double x) { return static_cast<float>(std::lround(x * 32768)) / 32768; }

std::vector<float> sound(const Note& note, double seconds) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * kRate));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    double wave = 0;
    for (int n = 1; n <= 4; ++n) wave += std::sin(2 * std::numbers::pi * n * note.hz * t) / (n * n);
    // A little noise tells where in the sound a sample is from.
    const double noise = 0.002 * std::sin(12345.678 * static_cast<double>(i * i % 99991));
    samples[i] = on_grid(0.1 * envelope(note, t) * wave + noise);
  }
  return samples;
}

/// What the page is made of, with the matrices that the model only looks at.
struct Page {
  Matrix<float> v, w, h;
  partwise::ReportModel model;
  json summary;
};

std::vector<Note> notes() {
  return {{65.4, {0.0, 1.5}, 0.25},
          {110, {0.4, 1.9, 2.6}, 0.3},
          {220, {0.2, 1.2}, 0.5},
          {440, {0.8, 2.2}, 0.2},
          {1318.5, {0.5, 1.0, 1.5, 2.0, 2.5}, 0.06},
          {3520, {0.25, 1.75}, 0.04}};
}

void fill_factors(Page& page, const std::vector<Note>& played, double seconds) {
  const auto components = static_cast<Index>(played.size());
  const auto frames = 1 + static_cast<Index>(seconds * kRate) / kHop;
  page.w = Matrix<float>(kBins, components);
  page.h = Matrix<float>(components, frames);
  page.v = Matrix<float>(kBins, frames);
  for (Index k = 0; k < components; ++k) {
    const auto& note = played[static_cast<std::size_t>(k)];
    for (Index f = 0; f < kBins; ++f) {
      double level = 1e-5;
      for (int n = 1; n <= 8; ++n) {
        const double bins_away = static_cast<double>(f) - n * note.hz / kBinHz;
        level += std::exp(-0.5 * bins_away * bins_away) / (n * n);
      }
      page.w(f, k) = static_cast<float>(level);
    }
    for (Index t = 0; t < frames; ++t) {
      page.h(k, t) = static_cast<float>(envelope(note, static_cast<double>(t) * kFrameSeconds));
    }
  }
  for (Index t = 0; t < frames; ++t) {
    for (Index k = 0; k < components; ++k) {
      for (Index f = 0; f < kBins; ++f) page.v(f, t) += kToneLevel * page.w(f, k) * page.h(k, t);
    }
  }
}

json part_summary(std::size_t k, const Note& note, std::size_t count) {
  const std::string name = "part-0" + std::to_string(k);
  return {{"name", name},
          {"file", name + ".wav"},
          {"peak_hz", note.hz},
          {"note", nullptr},
          {"energy_share", 1.0 / static_cast<double>(count)},
          {"first_onset_s", note.onsets_s.front()},
          {"level_db", -30.5},
          {"peak", 0.14}};
}

json base_summary(double seconds, std::size_t components) {
  return {
      {"schema_version", 1},
      {"program", {{"name", "partwise"}, {"version", "0.1.0"}}},
      {"input",
       {{"name", "notes.wav"},
        {"sha256", std::string(64, 'a')},
        {"format", "WAV, 16 bit"},
        {"rate", kRate},
        {"channels", 1},
        {"seconds", seconds}}},
      {"analysed",
       {{"rate", kRate}, {"channels", 1}, {"samples", std::floor(seconds * kRate)}, {"offset", 0}}},
      {"options",
       {{"components", components},
        {"loss", "kullback-leibler"},
        {"solver", "mu"},
        {"max-iter", 500},
        {"tol", 1e-4},
        {"power", 1},
        {"resynthesis", "mask"},
        {"sort", "peak"},
        {"mono", false}}},
      {"factorization",
       {{"iterations", 60},
        {"stop_reason", "tolerance"},
        {"objective_first", 1e5},
        {"objective_last", 300.0},
        {"reconstruction_error", 24.5},
        {"seed", 0}}},
      {"residual_db", -144.2},
      {"model_residual_db", -18.25},
      {"parts", json::array()},
      {"seconds", {{"decode", 0.002}, {"factorize", 0.31}, {"total", 0.4}}},
      {"warnings", json::array()}};
}

/// The lowest and highest sample of equal shares, as the page draws them.
std::vector<std::int8_t> outline_of(const std::vector<float>& samples, float peak) {
  constexpr std::size_t kPoints = 1000;
  std::vector<std::int8_t> out;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const auto from = samples.begin() + static_cast<std::ptrdiff_t>(i * samples.size() / kPoints);
    const auto to =
        samples.begin() + static_cast<std::ptrdiff_t>((i + 1) * samples.size() / kPoints);
    const auto [low, high] = std::minmax_element(from, std::max(to, from + 1));
    for (const float x : {*low, *high}) {
      out.push_back(static_cast<std::int8_t>(peak > 0 ? std::lround(127 * x / peak) : 0));
    }
  }
  return out;
}

void add_track(Page& page, const fs::path& folder, const std::string& name, const std::string& kind,
               const std::string& file_name, const std::vector<float>& samples) {
  std::ofstream(folder / file_name, std::ios::binary) << wav_bytes(samples);
  partwise::ReportTrack track{name, kind, file_name, {}, {}, 0};
  for (const float x : samples) track.peak = std::max(track.peak, std::abs(static_cast<double>(x)));
  track.outline = outline_of(samples, static_cast<float>(track.peak));
  auto& audio = page.model.audio;
  if (audio.codec == "wav" && (kind == "input" || kind == "part")) {
    for (std::size_t at = 0; at < samples.size(); at += kSegment) {
      const auto end = std::min(samples.size(), at + kSegment);
      const auto bytes = float_wav_bytes({samples.begin() + static_cast<std::ptrdiff_t>(at),
                                          samples.begin() + static_cast<std::ptrdiff_t>(end)});
      const auto* data = reinterpret_cast<const std::byte*>(bytes.data());
      track.segments.emplace_back(data, data + bytes.size());
    }
  }
  audio.tracks.push_back(std::move(track));
}

void describe_audio(Page& page, double seconds, bool inside) {
  auto& audio = page.model.audio;
  audio.codec = inside ? "wav" : "none";
  audio.media_type = "audio/wav";
  audio.lossless = inside;
  audio.sample_rate_hz = kRate;
  audio.num_samples = static_cast<Index>(seconds * kRate);
  audio.num_channels = 1;
  audio.segment_samples = kSegment;
  if (!inside)
    audio.note = "The sound would take 26 MB, and the size of this page leaves 25 MB for it.";
}

/// The parts, on the grid of 16 bits so that they add up to the recording exactly.
void add_audio(Page& page, const fs::path& folder, const std::vector<Note>& played, double seconds,
               const std::string& input_file) {
  std::vector<float> mix(static_cast<std::size_t>(seconds * kRate));
  std::vector<std::vector<float>> parts;
  for (const auto& note : played) {
    parts.push_back(sound(note, seconds));
    for (std::size_t i = 0; i < mix.size(); ++i) mix[i] += parts.back()[i];
  }
  add_track(page, folder, "input", "input", input_file, mix);
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const std::string name = "part-0" + std::to_string(k);
    add_track(page, folder, name, "part", name + ".wav", parts[k]);
    page.summary["parts"].push_back(part_summary(k, played[k], parts.size()));
  }
  add_track(page, folder, "mix", "mix", "mix.wav", mix);
  add_track(page, folder, "residual", "residual", "residual.wav", std::vector<float>(mix.size()));
}

/// Every string wherever a string from outside can stand.
void make_hostile(Page& page, const std::vector<std::string>& strings) {
  json& summary = page.summary;
  summary["input"]["name"] = strings[0];
  summary["input"]["format"] = strings[1];
  summary["input"]["tags"] = {{"title", strings[2]}, {"artist", strings[3]}};
  for (std::size_t k = 0; k < summary["parts"].size(); ++k) {
    summary["parts"][k]["name"] = strings[k];
    summary["parts"][k]["note"] = strings[k];
    page.model.audio.tracks[k + 1].name = strings[k];
    page.model.audio.tracks[k + 1].file_name = strings[strings.size() - 1 - k];
  }
  summary["warnings"] = strings;
  for (const auto& text : strings) summary["options"][text] = text;
  page.model.audio.note = strings[0];
  page.model.command = strings[0];
}

void make_silent(Page& page) {
  page.w.set_zero();
  page.h.set_zero();
  page.v.set_zero();
  for (const char* field : {"residual_db", "model_residual_db"}) page.summary[field] = nullptr;
  page.summary["factorization"]["stop_reason"] = "silent_input";
  for (auto& part : page.summary["parts"]) {
    for (const char* field : {"peak_hz", "energy_share", "first_onset_s", "level_db"})
      part[field] = nullptr;
  }
}

int run(const std::string& kind, const fs::path& folder, const std::string& strings) {
  fs::create_directories(folder);
  auto played = notes();
  double seconds = 3;
  if (kind == "linked") {  // too long for the page
    played.resize(1);
    seconds = 112;
  }
  Page page;
  page.summary = base_summary(seconds, played.size());
  fill_factors(page, played, seconds);
  describe_audio(page, seconds, kind != "linked");
  add_audio(page, folder, played, seconds, kind == "linked" ? "in #1 100% ?.wav" : "input.wav");
  if (kind == "silent") make_silent(page);
  page.model.summary_json = page.summary.dump();
  page.model.spectrogram = partwise::make_spectrogram_picture(page.v, 1, kBinHz, kFrameSeconds);
  page.model.command = "partwise decompose notes.wav -k 6";
  if (kind == "hostile") {
    make_hostile(page, json::parse(std::ifstream(strings)).get<std::vector<std::string>>());
    page.model.summary_json = page.summary.dump();
  }
  page.model.w = page.w;
  page.model.h = page.h;
  for (Index k = 0; k < page.h.rows() && kind != "silent"; ++k) {
    const double pitch = k % 2 == 0 ? 48.0 + static_cast<double>(k) : std::nan("");
    page.model.marks.push_back({{0.1 * static_cast<double>(k), 1, 1, pitch}, {1, 2, 0.3, pitch}});
  }
  page.model.bin_hz = kBinHz;
  page.model.frame_seconds = kFrameSeconds;
  for (int i = 0; i <= 60 && kind != "silent"; ++i)
    page.model.objective.push_back(300 + 1e5 * std::exp(-0.2 * i));
  FileSink sink(folder / "report.html");
  partwise::write_report(page.model, sink);
  sink.finish();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string kind = argc == 4 ? argv[1] : "";
  if (kind != "plain" && kind != "hostile" && kind != "linked" && kind != "silent") {
    std::cerr << "usage: make_report plain|hostile|linked|silent FOLDER STRINGS.json\n";
    return 2;
  }
  return run(kind, argv[2], argv[3]);
}
