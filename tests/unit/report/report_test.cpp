#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <partwise/report.hpp>
#include <report/base64.hpp>
#include <report/page_assets.hpp>
#include <string>

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

/// `size` bytes that count up; `short_by` of them are missing in truth.
class CountingSource : public ByteSource {
 public:
  explicit CountingSource(std::uint64_t size, std::uint64_t short_by = 0)
      : size_(size), end_(size - short_by) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  std::size_t read_at(std::uint64_t offset, std::span<std::byte> out) override {
    // At most 1000 bytes at once: a reader must be content with less than it asked for.
    const auto count = std::min<std::uint64_t>({out.size(), end_ - offset, 1000});
    for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::byte>((offset + i) % 251);
    return static_cast<std::size_t>(count);
  }
  [[nodiscard]] std::string name() const override { return "counting"; }

 private:
  std::uint64_t size_, end_;
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

AudioTrack track(std::uint64_t size, const std::string& file_name = "part-00.wav") {
  return {"part-00", "part", file_name, std::make_unique<CountingSource>(size)};
}

std::string page_of(ReportModel& model) {
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

json written(ReportModel& model) { return model_in(page_of(model)); }

TEST(Report, TheModelIsValidJsonWithEveryField) {
  Factors factors(9, 2, 4);
  factors.w(3, 1) = 0.123456F;
  factors.h(1, 2) = 7;
  auto model = model_of(factors);
  model.objective = {100, 10.5, 1};
  model.audio.push_back(track(5));
  const auto json_model = written(model);
  EXPECT_EQ(json_model["schema_version"], 1);
  EXPECT_EQ(json_model["summary"]["schema_version"], 1);
  EXPECT_EQ(json_model["pictures"]["spectrogram"]["width"], 0);
  const auto& f = json_model["factors"];
  EXPECT_EQ(f["components"], 2);
  EXPECT_EQ(f["bins"], 9);
  EXPECT_EQ(f["frames"], 4);
  EXPECT_EQ(f["spectra"][1][3], 0.1235);
  EXPECT_EQ(f["activations"][1], json({0, 0, 7, 0}));
  EXPECT_EQ(f["objective"],
            json({{"iterations_per_point", 1}, {"last_iteration", 2}, {"values", {100, 10.5, 1}}}));
  const auto& audio = json_model["audio"];
  EXPECT_EQ(audio["inside"], true);
  EXPECT_EQ(audio["bytes"], 8);
  EXPECT_EQ(audio["tracks"][0], json({{"name", "part-00"},
                                      {"kind", "part"},
                                      {"file_name", "part-00.wav"},
                                      {"media_type", "audio/wav"},
                                      {"base64", "AAECAwQ="}}));
}

TEST(Report, AnEmptyModelIsAPageToo) {
  ReportModel model;
  const auto json_model = written(model);
  EXPECT_TRUE(json_model["summary"].is_null());
  EXPECT_EQ(json_model["factors"]["components"], 0);
  EXPECT_EQ(json_model["audio"]["tracks"], json::array());
}

TEST(Report, ValuesThatAreNotFiniteAreNull) {
  Factors factors(2, 1, 2);
  factors.w(1, 0) = std::numeric_limits<float>::infinity();
  factors.h(0, 0) = std::numeric_limits<float>::quiet_NaN();
  auto model = model_of(factors);
  model.objective = {std::nan("")};
  const auto f = written(model)["factors"];
  EXPECT_TRUE(f["spectra"][0][1].is_null());
  EXPECT_TRUE(f["activations"][0][0].is_null());
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
  const auto& row = f["activations"][0];
  EXPECT_LE(row.size(), 2000U);
  EXPECT_EQ(row.size(), (100001 + frames_per_point - 1) / frames_per_point);
  EXPECT_EQ(row[77777 / frames_per_point], 3);
  EXPECT_EQ(row.back(), 2);
  EXPECT_LE(f["spectra"][0].size(), 8193U);
  EXPECT_EQ(f["spectra"][0].back(), 1);
  EXPECT_LE(f["objective"]["values"].size(), 2001U);
  EXPECT_EQ(f["objective"]["values"].back(), 0.5);
  EXPECT_EQ(f["objective"]["last_iteration"], 5000);
}

TEST(Report, ManyComponentsStayWithinBounds) {
  Factors factors(1025, 4096, 2000);
  auto model = model_of(factors);
  const auto page = page_of(model);
  EXPECT_LT(page.size(), 4'500'000U);  // two million values of one digit and a comma
  EXPECT_EQ(model_in(page)["factors"]["spectra"].size(), 4096U);
}

TEST(Report, AudioOfAnyLengthIsTheFilesBytes) {
  for (std::uint64_t size : {0, 1, 2, 3, 196607, 196608, 196609, 500001}) {
    ReportModel model;
    model.audio.push_back(track(size));
    std::string expected;
    std::vector<std::byte> bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i % 251);
    report::append_base64(expected, bytes);
    EXPECT_EQ(written(model)["audio"]["tracks"][0]["base64"], expected) << size << " bytes";
  }
}

TEST(Report, TheBudgetCountsAllTracksTogetherAsTheyStandInThePage) {
  const auto inside = [](std::vector<std::uint64_t> sizes) {
    ReportModel model;
    for (auto size : sizes) model.audio.push_back(track(size));
    const auto audio = written(model)["audio"];
    for (const auto& one : audio["tracks"])
      EXPECT_EQ(one["base64"].is_null(), !audio["inside"].get<bool>());
    return audio["inside"].get<bool>();
  };
  constexpr std::uint64_t kFits = kReportAudioBudgetBytes / 4 * 3;
  EXPECT_TRUE(inside({kFits}));
  EXPECT_FALSE(inside({kFits + 1}));
  EXPECT_TRUE(inside({kFits - 3, 3}));
  EXPECT_FALSE(inside({kFits - 3, 4}));
  EXPECT_FALSE(inside(
      {std::numeric_limits<std::uint64_t>::max(), std::numeric_limits<std::uint64_t>::max()}));
}

TEST(Report, ATrackThatLiesNowhereElseStaysInsideIfItFitsAlone) {
  constexpr std::uint64_t kFits = kReportAudioBudgetBytes / 4 * 3;
  for (const std::uint64_t size : {kFits, kFits + 1}) {
    ReportModel model;
    model.audio.push_back(track(size));
    model.audio.push_back(track(kFits));
    model.audio[0].beside_page = false;
    const auto audio = written(model)["audio"];
    EXPECT_EQ(audio["inside"], false);
    EXPECT_EQ(audio["tracks"][0]["base64"].is_null(), size > kFits);
    EXPECT_TRUE(audio["tracks"][1]["base64"].is_null());
  }
}

TEST(Report, ATrackWithoutASourceIsALink) {
  ReportModel model;
  model.audio.push_back({"mix", "mix", "mix.flac", nullptr});
  const auto audio = written(model)["audio"];
  EXPECT_EQ(audio["inside"], true);
  EXPECT_TRUE(audio["tracks"][0]["base64"].is_null());
  EXPECT_EQ(audio["tracks"][0]["media_type"], "audio/flac");
}

TEST(Report, AudioPassesThroughInBlocks) {
  ReportModel model;
  model.audio.push_back(track(10'000'000));
  TextSink sink;
  write_report(model, sink);
  EXPECT_GT(sink.text.size(), 13'000'000U);
  EXPECT_LT(sink.largest, 2'000'000U);
}

TEST(Report, ASourceThatEndsEarlyIsAnError) {
  ReportModel model;
  model.audio.push_back({"mix", "mix", "mix.wav", std::make_unique<CountingSource>(5000, 1)});
  TextSink sink;
  try {
    write_report(model, sink);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cannot_read);
    EXPECT_STREQ(error.what(), "counting: ends after 4999 bytes, expected 5000");
  }
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
  model.audio.push_back({name, name, name, std::make_unique<CountingSource>(1)});
  const auto page = page_of(model);
  EXPECT_EQ(page.find("alert(1)</script>"), std::string::npos);
  const auto json_model = model_in(page);
  EXPECT_EQ(json_model["summary"]["input"]["name"], name);
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
  for (auto script : {page::words_js, page::plot_js, page::pictures_js, page::players_js,
                      page::page_js, page::page_css}) {
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
  first.audio.push_back(track(77));
  second.audio.push_back(track(77));
  EXPECT_EQ(page_of(first), page_of(second));
}

}  // namespace
}  // namespace partwise
