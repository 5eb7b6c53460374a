#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <partwise/report.hpp>
#include <report/base64.hpp>
#include <report/page_assets.hpp>
#include <string>
#include <support/json_schema.hpp>
#include <support/reference.hpp>

namespace partwise {
namespace {

using nlohmann::json;

class TextSink : public ByteSink {
 public:
  void write(std::span<const std::byte> bytes) override {
    largest = std::max(largest, bytes.size());
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  void finish() override { finished = true; }

  std::string text;
  std::size_t largest = 0;
  bool finished = false;
};

struct Factors {
  Factors(Index bins, Index components, Index frames)
      : w(bins, components), h(components, frames) {}
  Matrix<float> w, h;
};

ReportModel model_of(const Factors& factors) {
  ReportModel model;
  model.summary_json = R"({"schema_version": 1})";
  model.w = factors.w;
  model.h = factors.h;
  model.bin_hz = 10.75;
  model.frame_seconds = 0.0232;
  return model;
}

ReportTrack track(std::size_t size, const std::string& file_name = "part-00.wav") {
  ReportTrack out{"part-00", "part", file_name, {}, {-127, 127}, 0.5};
  out.segments.emplace_back(size);
  for (std::size_t i = 0; i < size; ++i) out.segments[0][i] = static_cast<std::byte>(i % 251);
  return out;
}

std::string page_of(const ReportModel& model) {
  TextSink sink;
  write_report(model, sink);
  EXPECT_FALSE(sink.finished);
  return sink.text;
}

json model_in(const std::string& page) {
  const std::string begin = "<script type=\"application/json\" id=\"model\">";
  const auto from = page.find(begin) + begin.size();
  return json::parse(page.substr(from, page.find("</script>", from) - from));
}

json written(const ReportModel& model) { return model_in(page_of(model)); }

/// The codes of one row of W or H as the page reads them.
std::vector<int> codes(const json& rows, std::size_t k) {
  const auto text = rows["codes"].get<std::string>();
  std::vector<unsigned> bytes;
  unsigned bits = 0, count = 0;
  for (const char c : text) {
    const auto at =
        std::string("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/").find(c);
    if (at == std::string::npos) break;
    bits = bits << 6 | static_cast<unsigned>(at);
    if ((count += 6) < 8) continue;
    count -= 8;
    bytes.push_back(bits >> count & 255U);
  }
  const auto points = rows["points"].get<std::size_t>();
  std::vector<int> out;
  for (std::size_t i = 0; i < points; ++i) {
    const std::size_t at = 2 * (k * points + i);
    out.push_back(static_cast<int>(bytes.at(at) | bytes.at(at + 1) << 8));
  }
  return out;
}

TEST(Report, TheModelIsValidJsonWithEveryField) {
  Factors factors(9, 2, 4);
  factors.w(3, 1) = 0.123456F;
  factors.h(1, 1) = 0.0007F;
  factors.h(1, 2) = 7;
  auto model = model_of(factors);
  model.objective = {100, 10.5, 1};
  model.command = "partwise decompose x.wav";
  model.audio.codec = "flac";
  model.audio.media_type = "audio/flac";
  model.audio.lossless = true;
  model.audio.tracks.push_back(track(5));
  model.audio.tracks.push_back({"mix", "mix", "", {}, {}, 0});
  const auto json_model = written(model);
  EXPECT_EQ(json_model["schema_version"], 2);
  EXPECT_EQ(json_model["summary"]["schema_version"], 1);
  EXPECT_EQ(json_model["command"], "partwise decompose x.wav");
  EXPECT_EQ(json_model["pictures"]["spectrogram"]["width"], 0);
  const auto& f = json_model["factors"];
  EXPECT_EQ(f["components"], 2);
  EXPECT_EQ(f["bins"], 9);
  EXPECT_EQ(f["frames"], 4);
  EXPECT_NEAR(f["spectra"]["peaks"][1].get<double>(), 0.123456, 1e-8);
  EXPECT_EQ(codes(f["spectra"], 1), (std::vector<int>{0, 0, 0, 65535, 0, 0, 0, 0, 0}));
  // 80 dB below the peak of 120 dB.
  EXPECT_EQ(codes(f["activations"], 1), (std::vector<int>{0, 21845, 65535, 0}));
  EXPECT_EQ(f["activations"]["peaks"], json({0, 7}));
  EXPECT_EQ(f["objective"],
            json({{"iterations_per_point", 1}, {"last_iteration", 2}, {"values", {100, 10.5, 1}}}));
  const auto& audio = json_model["audio"];
  EXPECT_EQ(audio["codec"], "flac");
  EXPECT_EQ(audio["lossless"], true);
  EXPECT_EQ(audio["tracks"][0], json({{"name", "part-00"},
                                      {"kind", "part"},
                                      {"file_name", "part-00.wav"},
                                      {"peak", 0.5},
                                      {"outline", "gX8="},
                                      {"segments", {"AAECAwQ="}}}));
  EXPECT_TRUE(audio["tracks"][1]["segments"].is_null());
  EXPECT_TRUE(audio["tracks"][1]["file_name"].is_null());
}

TEST(Report, EventsAreMarksOfEveryPart) {
  ReportModel model;
  EXPECT_EQ(written(model)["events"], json::array());
  const double none = std::numeric_limits<double>::quiet_NaN();
  model.marks = {{{0.12345678, 0.5, 1, none}, {1, 2, 0.25, 57.02}}, {}};
  EXPECT_EQ(written(model)["events"], json::parse("[[[0.1235,0.5,1,null],[1,2,0.25,57.02]],[]]"));
}

TEST(Report, OfVeryManyEventsTheStrongestAreMarked) {
  ReportModel model;
  model.marks.resize(2);
  for (int i = 0; i < 15'000; ++i) {
    model.marks[i % 2].push_back({i * 0.1, i * 0.1 + 0.05, (i + 1) / 15'000.0, 60});
  }
  const json events = written(model)["events"];
  const std::size_t shown = events[0].size() + events[1].size();
  EXPECT_LE(shown, 10'000U);
  EXPECT_GE(shown, 9'990U);
  EXPECT_EQ(events[1].back()[2], 1);
}

TEST(Report, TheModelFollowsItsSchemaWithEverythingInItAndEmpty) {
  std::ifstream file(test::source_path("docs/report-model-schema.json"));
  const json schema = json::parse(file);
  Factors factors(9, 2, 4);
  factors.w(3, 1) = factors.h(1, 1) = 1;
  auto model = model_of(factors);
  model.objective = {2, 1};
  model.command = "x";
  model.marks = {{{0, 1, 1, 60}}, {}};
  model.audio.tracks.push_back(track(5));
  model.audio.tracks.push_back({"mix", "mix", "", {}, {}, 0});
  Matrix<float> v(129, 7);
  v(3, 2) = 1;
  model.spectrogram = make_spectrogram_picture(v, 1, 10.75, 0.0232);
  json whole = written(model);
  EXPECT_EQ(test::first_fault(whole, schema, ""), "");
  EXPECT_EQ(test::first_fault(written({}), schema, ""), "");
  whole["audio"]["tracks"][0].erase("peak");
  EXPECT_EQ(test::first_fault(whole, schema, ""), "/audio/tracks/0 lacks \"peak\"");
}

TEST(Report, AnEmptyModelIsAPageToo) {
  ReportModel model;
  const auto json_model = written(model);
  EXPECT_TRUE(json_model["summary"].is_null());
  EXPECT_EQ(json_model["factors"]["components"], 0);
  EXPECT_TRUE(json_model["command"].is_null());
  EXPECT_EQ(json_model["audio"]["codec"], "none");
  EXPECT_EQ(json_model["audio"]["tracks"], json::array());
}

TEST(Report, ValuesThatAreNotFiniteAreSilenceOrNull) {
  Factors factors(2, 1, 2);
  factors.w(1, 0) = std::numeric_limits<float>::infinity();
  factors.h(0, 0) = std::numeric_limits<float>::quiet_NaN();
  auto model = model_of(factors);
  model.objective = {std::nan("")};
  const auto f = written(model)["factors"];
  EXPECT_EQ(codes(f["spectra"], 0), (std::vector<int>{0, 0}));
  EXPECT_EQ(codes(f["activations"], 0), (std::vector<int>{0, 0}));
  EXPECT_TRUE(f["objective"]["values"][0].is_null());
}

TEST(Report, ThePictureComesThroughUnchanged) {
  Matrix<float> v(1025, 7);
  for (Index t = 0; t < 7; ++t) {
    for (Index f = 0; f < 1025; ++f) v(f, t) = static_cast<float>(1 + (f * 31 + t * 17) % 97);
  }
  ReportModel model;
  model.spectrogram = make_spectrogram_picture(v, 1, 10.75, 0.0232);
  const auto picture = written(model)["pictures"]["spectrogram"];
  EXPECT_EQ(picture["width"], 7);
  EXPECT_EQ(picture["height"], 512);
  EXPECT_EQ(picture["hz_min"], 32.7);
  std::string expected;
  report::append_base64(expected, std::as_bytes(std::span(model.spectrogram.pixels)));
  EXPECT_EQ(picture["pixels"], expected);
}

TEST(Report, LongRowsKeepTheirMaximaAndTheirShape) {
  Factors factors(40000, 1, 100001);
  factors.h(0, 77777) = 3;
  factors.h(0, 100000) = 2;
  factors.w(39999, 0) = 1;
  auto model = model_of(factors);
  model.objective.assign(5001, 1);
  model.objective.back() = 0.5;
  const auto f = written(model)["factors"];
  EXPECT_EQ(f["frames"], 100001);
  const auto frames_per_point = f["frames_per_point"].get<std::size_t>();
  const auto row = codes(f["activations"], 0);
  EXPECT_LE(row.size(), 2000U);
  EXPECT_EQ(row.size(), (100001 + frames_per_point - 1) / frames_per_point);
  EXPECT_EQ(row[77777 / frames_per_point], 65535);
  EXPECT_EQ(row.back(), 63612);  // 2 of 3: 3.52 dB
  EXPECT_LE(f["spectra"]["points"], 8193);
  EXPECT_EQ(codes(f["spectra"], 0).back(), 65535);
  EXPECT_LE(f["objective"]["values"].size(), 2001U);
  EXPECT_EQ(f["objective"]["values"].back(), 0.5);
  EXPECT_EQ(f["objective"]["last_iteration"], 5000);
}

TEST(Report, ManyComponentsStayWithinBounds) {
  Factors factors(1025, 4096, 2000);
  auto model = model_of(factors);
  const auto page = page_of(model);
  EXPECT_LT(page.size(), 6'000'000U);  // two million codes of two bytes, in base64
  EXPECT_EQ(model_in(page)["factors"]["spectra"]["peaks"].size(), 4096U);
}

TEST(Report, AStretchOfAnyLengthIsItsBytes) {
  for (std::size_t size : {0, 1, 2, 3, 196607, 196608, 196609, 500001}) {
    ReportModel model;
    model.audio.tracks.push_back(track(size));
    std::string expected;
    report::append_base64(expected, model.audio.tracks[0].segments[0]);
    EXPECT_EQ(written(model)["audio"]["tracks"][0]["segments"][0], expected) << size << " bytes";
  }
}

TEST(Report, LongSoundPassesThroughInBlocks) {
  ReportModel model;
  for (int i = 0; i < 10; ++i) model.audio.tracks.push_back(track(1'000'000));
  TextSink sink;
  write_report(model, sink);
  EXPECT_GT(sink.text.size(), 13'000'000U);
  EXPECT_LT(sink.largest, 2'000'000U);
}

TEST(Report, TheModelAloneIsWhatStandsInThePage) {
  ReportModel model;
  model.audio.tracks.push_back(track(5));
  TextSink sink;
  write_report_model(model, sink);
  EXPECT_EQ(json::parse(sink.text), written(model));
}

TEST(Report, ShapesThatDoNotFitAreAnError) {
  Factors factors(3, 2, 4);
  auto model = model_of(factors);
  model.h = model.h.columns(0, 4);
  model.h.rows = 1;
  TextSink sink;
  EXPECT_THROW(write_report(model, sink), Error);
  ReportModel picture;
  picture.spectrogram.width = picture.spectrogram.height = 2;
  EXPECT_THROW(write_report(picture, sink), Error);
  EXPECT_TRUE(sink.text.empty());
}

TEST(Report, HostileNamesCannotEndTheModel) {
  const std::string name = "\"</script><script>alert(1)</script><!--\xE2\x80\xAE\x07";
  ReportModel model;
  model.summary_json = json({{"input", {{"name", name}}}}).dump();
  model.command = model.audio.note = name;
  model.audio.tracks.push_back({name, name, name, {}, {}, 0});
  const auto page = page_of(model);
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  const auto json_model = model_in(page);
  EXPECT_EQ(json_model["summary"]["input"]["name"], name);
  EXPECT_EQ(json_model["command"], name);
  EXPECT_EQ(json_model["audio"]["tracks"][0]["name"], name);
  EXPECT_EQ(json_model["audio"]["tracks"][0]["file_name"], name);
}

TEST(Report, ThePageAllowsItsOwnScriptsAndNothingElse) {
  ReportModel model;
  const auto page = page_of(model);
  EXPECT_EQ(page.find("{{"), std::string::npos);
  EXPECT_NE(page.find("content=\"default-src 'none'; script-src 'sha256-"), std::string::npos);
  EXPECT_EQ(page.find("unsafe"), std::string::npos);
  EXPECT_EQ(page.find("http:"), page.find("http://www.w3.org/2000/svg"));  // the icon's name space
  EXPECT_EQ(page.find("https:"), std::string::npos);
}

TEST(Report, TheAssetsKeepToWhatAnInlineScriptMayHold) {
  for (auto script : {page::bundle_js, page::page_css}) {
    EXPECT_FALSE(script.empty());
    EXPECT_EQ(script.find("</"), std::string_view::npos);
    EXPECT_EQ(script.find("<!--"), std::string_view::npos);
    EXPECT_EQ(script.find("innerHTML"), std::string_view::npos);
    // A browser hashes the text after turning CR LF into LF.
    EXPECT_EQ(script.find('\r'), std::string_view::npos);
    EXPECT_TRUE(std::all_of(script.begin(), script.end(),
                            [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  }
}

TEST(Report, TheSameModelGivesTheSameBytes) {
  Factors factors(9, 2, 4);
  auto first = model_of(factors), second = model_of(factors);
  first.audio.tracks.push_back(track(77));
  second.audio.tracks.push_back(track(77));
  EXPECT_EQ(page_of(first), page_of(second));
}

}  // namespace
}  // namespace partwise
