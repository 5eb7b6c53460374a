// Pictures: what was drawn is what a PNG holds, and quiet, loud, low and high are where they
// belong.
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <cstring>
#include <partwise/error.hpp>
#include <partwise/picture.hpp>
#include <pictures/axes.hpp>
#include <pictures/canvas.hpp>
#include <pictures/colour_map.hpp>
#include <support/expect_error.hpp>
#include <support/memory_stream.hpp>

namespace partwise {
namespace {

using namespace pictures;

std::uint32_t u32(const test::Bytes& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8 | std::to_integer<std::uint32_t>(bytes.at(at + i));
  return value;
}

/// What a reader of PNGs makes of 8-bit colour without interlace; checks every CRC.
Image decoded(const test::Bytes& bytes) {
  Image image;
  std::vector<std::uint8_t> packed;
  for (std::size_t at = 8; at < bytes.size();) {
    const std::size_t length = u32(bytes, at);
    const auto* data = reinterpret_cast<const Bytef*>(bytes.data() + at + 8);
    EXPECT_EQ(u32(bytes, at + 8 + length), ::crc32(0, data - 4, static_cast<uInt>(length + 4)));
    if (std::memcmp(data - 4, "IHDR", 4) == 0) {
      image.width = u32(bytes, at + 8);
      image.height = u32(bytes, at + 12);
    }
    if (std::memcmp(data - 4, "IDAT", 4) == 0) packed.insert(packed.end(), data, data + length);
    at += length + 12;
  }
  const auto row = static_cast<std::size_t>(3 * image.width);
  std::vector<std::uint8_t> rows((row + 1) * static_cast<std::size_t>(image.height));
  uLongf size = rows.size();
  EXPECT_EQ(::uncompress(rows.data(), &size, packed.data(), packed.size()), Z_OK);
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y) {
    const std::uint8_t filter = rows[y * (row + 1)];
    for (std::size_t i = 0; i < row; ++i) {
      std::uint8_t x = rows[y * (row + 1) + 1 + i];
      if (filter == 1 && i >= 3) x = static_cast<std::uint8_t>(x + image.rgb[y * row + i - 3]);
      if (filter == 2 && y > 0) x = static_cast<std::uint8_t>(x + image.rgb[(y - 1) * row + i]);
      image.rgb.push_back(x);
    }
  }
  return image;
}

Colour at(const Image& image, Index x, Index y) {
  const std::uint8_t* pixel = &image.rgb[static_cast<std::size_t>(3 * (y * image.width + x))];
  return {pixel[0], pixel[1], pixel[2]};
}
int brightness(Colour c) { return c.red + c.green + c.blue; }

/// A tone of one bin over the second half of the time.
Matrix<float> tone(Index bin) {
  Matrix<float> v(1025, 200);
  for (Index t = 100; t < 200; ++t) v(bin, t) = 3;
  return v;
}

TEST(Png, HoldsWhatWasDrawnAndIsTheSameBytesAgain) {
  const Image image = draw_spectrogram(tone(200), 1, 10.75, 0.01, {});
  test::MemorySink first, second;
  write_png(image, first);
  write_png(image, second);
  EXPECT_EQ(first.bytes(), second.bytes());
  const Image back = decoded(first.bytes());
  EXPECT_EQ(back.width, 1200);
  EXPECT_EQ(back.height, 600);
  EXPECT_EQ(back.rgb, image.rgb);
}

TEST(DrawSpectrogram, AToneIsBrightWhereItIsAndDarkElsewhere) {
  for (const bool logarithmic : {true, false}) {
    SpectrogramPlot plot;
    plot.logarithmic = logarithmic;
    const double hz = 200 * 10.75, nyquist = 1024 * 10.75, low = logarithmic ? 32.7 : 0;
    const Image image = draw_spectrogram(tone(200), 1, 10.75, 0.01, plot);
    const Axis axis{low, nyquist, 600 - 58, 18, logarithmic};
    const auto y = static_cast<Index>(axis.place(hz));
    const Index early = 78 + 256, late = 78 + 768;
    int loudest = 0;
    for (Index dy = -2; dy <= 2; ++dy)
      loudest = std::max(loudest, brightness(at(image, late, y + dy)));
    EXPECT_GT(loudest, 600);
    EXPECT_LT(brightness(at(image, early, y)), 20);
    EXPECT_LT(brightness(at(image, late, y + 60)), 20);
  }
}

TEST(DrawSpectrogram, SilenceAndOneFrameHaveAPictureToo) {
  for (const Index frames : {1, 3}) {
    const Image image = draw_spectrogram(Matrix<float>(9, frames), 1, 1000, 0.01, {});
    EXPECT_LT(brightness(at(image, 500, 300)), 20);
  }
}

TEST(DrawSpectrogram, RangesThatShowNothingAreRefused) {
  SpectrogramPlot plot;
  plot.hz_min = 6000;
  EXPECT_THROW((void)draw_spectrogram(Matrix<float>(9, 3), 1, 500, 0.01, plot), Error);
  plot = {};
  plot.width = 100;
  EXPECT_THROW((void)draw_spectrogram(Matrix<float>(9, 3), 1, 500, 0.01, plot), Error);
}

TEST(Ticks, AreRoundNumbersInTheRange) {
  const auto labels = [](const std::vector<Tick>& ticks) {
    std::string all;
    for (const Tick& tick : ticks) all += tick.label + " ";
    return all;
  };
  EXPECT_EQ(labels(even_ticks({-80, 0, 0, 1}, 8)), "-80 -70 -60 -50 -40 -30 -20 -10 0 ");
  EXPECT_EQ(labels(hz_ticks({32.7, 11025, 0, 1, true})), "50 100 200 500 1000 2000 5000 10000 ");
  EXPECT_EQ(labels(hz_ticks({440, 900, 0, 1, true}, 5)), "500 600 700 800 900 ");
  EXPECT_EQ(labels(time_ticks({0, 240, 0, 1}, 5)), "0:00 1:00 2:00 3:00 4:00 ");
  EXPECT_EQ(labels(time_ticks({0, 1, 0, 1}, 5)), "0 0.2 0.4 0.6 0.8 1 ");
}

TEST(Canvas, LinesCoverWhatTheyShouldAndStayInside) {
  Canvas canvas(20, 20, {255, 255, 255});
  const Point across[] = {{-10, 10}, {30, 10}};
  canvas.stroke(across, 2, {0, 0, 0});
  EXPECT_EQ(brightness(at(canvas.image(), 10, 9)), 0);
  EXPECT_EQ(brightness(at(canvas.image(), 10, 10)), 0);
  EXPECT_EQ(brightness(at(canvas.image(), 10, 12)), 765);
  canvas.text("any \xc3\xa9 text that is far too long", {-5, 25}, 10, {0, 0, 0}, Align::left);
  canvas.text("up", {10, 10}, 5, {0, 0, 0}, Align::centre, true);
}

TEST(Canvas, EveryLetterHasAShape) {
  for (char c = '!'; c <= '~'; ++c) {
    Canvas canvas(30, 40, {255, 255, 255});
    canvas.text(std::string_view(&c, 1), {8, 28}, 16, {0, 0, 0}, Align::left);
    int ink = 0;
    for (const std::uint8_t x : canvas.image().rgb) ink += x < 128 ? 1 : 0;
    EXPECT_GT(ink, 6) << c;
    EXPECT_GT(text_width(std::string_view(&c, 1), 10), 2) << c;
  }
}

TEST(DrawFactors, APanelForEachComponentAndNoneFails) {
  Matrix<float> w(65, 3), h(3, 40);
  w(10, 1) = 1;
  h(2, 20) = 1;
  EXPECT_EQ(draw_spectra(w, 1, 100, {"a", "b"}).width, 1200);
  EXPECT_GT(draw_activations(h, 0.02, {}).height, 3 * 110);
  EXPECT_NO_THROW((void)draw_spectra(Matrix<float>(65, 0), 1, 100, {}));
}

}  // namespace
}  // namespace partwise
