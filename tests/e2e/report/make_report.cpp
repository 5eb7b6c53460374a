// Writes report.html and its audio from made-up data: make_report KIND FOLDER, where KIND is
//   plain    six decaying harmonic notes, audio inside the page
//   hostile  the same with names that try to break out of the page
//   linked   four tracks too long for the page, one with a name full of address characters
//   silent   silence: every undefined figure null, no picture to speak of
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
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
constexpr double kBinHz = kRate / 2048, kFrameSeconds = kHop / kRate;

class MemorySource : public partwise::ByteSource {
 public:
  MemorySource(std::string bytes, std::string name)
      : bytes_(std::move(bytes)), name_(std::move(name)) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    const auto count = std::min<std::size_t>(out.size(), bytes_.size() - offset);
    std::memcpy(out.data(), bytes_.data() + offset, count);
    return count;
  }
  [[nodiscard]] std::string name() const override { return name_; }

 private:
  std::string bytes_, name_;
};

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
    put(static_cast<std::int16_t>(std::lround(32767 * std::min(1.0F, std::max(-1.0F, s)))));
  return out;
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

std::vector<float> sound(const Note& note, double seconds) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * kRate));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    double wave = 0;
    for (int n = 1; n <= 4; ++n) wave += std::sin(2 * std::numbers::pi * n * note.hz * t) / (n * n);
    samples[i] = static_cast<float>(0.1 * envelope(note, t) * wave);
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
      for (Index f = 0; f < kBins; ++f) page.v(f, t) += page.w(f, k) * page.h(k, t);
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

void add_track(Page& page, const fs::path& folder, const std::string& name, const std::string& kind,
               const std::string& file_name, const std::vector<float>& samples) {
  auto bytes = wav_bytes(samples);
  std::ofstream(folder / file_name, std::ios::binary) << bytes;
  page.model.audio.push_back(
      {name, kind, file_name, std::make_unique<MemorySource>(std::move(bytes), file_name)});
}

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

/// The same names stand in report.test.mjs.
void make_hostile(json& summary) {
  const std::string name =
      "\"quoted\" 'single' </script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> "
      "\xE2\x80\xAE"
      "fdp.exe\xE2\x80\xAC \xE2\x80\xA8 \x07 \x1B[31m \\u003c &lt; ${x} `y`";
  summary["input"]["name"] = name;
  summary["input"]["format"] = "</script>" + name;
  summary["parts"][1]["name"] = name;
  summary["parts"][1]["note"] = "<b>A4</b>";
  summary["warnings"] = {name, "javascript:alert(3)"};
  summary["options"]["</table><script>alert(4)</script>"] = name;
  summary["options"]["__proto__"] = "polluted";
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

int run(const std::string& kind, const fs::path& folder) {
  fs::create_directories(folder);
  auto played = notes();
  double seconds = 3;
  if (kind == "linked") {  // four tracks that take 26 MB as base64: above the budget
    played.resize(1);
    seconds = 112;
  }
  Page page;
  page.summary = base_summary(seconds, played.size());
  fill_factors(page, played, seconds);
  add_audio(page, folder, played, seconds, kind == "linked" ? "in #1 100% ?.wav" : "input.wav");
  if (kind == "hostile") make_hostile(page.summary);
  if (kind == "silent") make_silent(page);
  page.model.summary_json = page.summary.dump();
  page.model.spectrogram = partwise::make_spectrogram_picture(page.v, 1, kBinHz, kFrameSeconds);
  page.model.w = page.w;
  page.model.h = page.h;
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
  const std::string kind = argc == 3 ? argv[1] : "";
  if (kind != "plain" && kind != "hostile" && kind != "linked" && kind != "silent") {
    std::cerr << "usage: make_report plain|hostile|linked|silent FOLDER\n";
    return 2;
  }
  return run(kind, argv[2]);
}
