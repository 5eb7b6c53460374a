#pragma once
#include <cstdint>
#include <partwise/image.hpp>
#include <partwise/index.hpp>
#include <span>
#include <string_view>
#include <vector>

namespace partwise::pictures {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
};

struct Point {
  double x = 0, y = 0;  ///< pixels; (0, 0) is the outer corner of the upper left one
};

enum class Align { left, centre, right };

/// Draws into an image: what is laid over is blended by how much of a pixel it covers.
class Canvas {
 public:
  Canvas(Index width, Index height, Colour ground);

  [[nodiscard]] const Image& image() const { return image_; }
  [[nodiscard]] Image take() { return std::move(image_); }
  [[nodiscard]] double width() const { return static_cast<double>(image_.width); }
  [[nodiscard]] double height() const { return static_cast<double>(image_.height); }

  void set(Index x, Index y, Colour colour);
  void fill(Point from, Point to, Colour colour);
  /// One line through all points, round at its ends; `width` in pixels.
  void stroke(std::span<const Point> points, double width, Colour colour);
  /// The area under a line, down to `bottom`, by pixel columns.
  void fill_under(std::span<const Point> points, double bottom, Colour colour, double opacity);
  /// Text on a baseline; capitals are `size` high. `upwards`: turned by a quarter, `at` is where it
  /// starts, ends or is centred from below.
  void text(std::string_view text, Point at, double size, Colour colour, Align align,
            bool upwards = false);

 private:
  void blend(Index x, Index y, Colour colour, double cover);
  void stroke_strokes(const std::vector<std::vector<Point>>& strokes, double width, Colour colour);

  Image image_;
};

/// How wide a text of that capital height is, in pixels.
[[nodiscard]] double text_width(std::string_view text, double size);

}  // namespace partwise::pictures
