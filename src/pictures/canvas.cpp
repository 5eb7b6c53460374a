#include <algorithm>
#include <charconv>
#include <cmath>
#include <pictures/canvas.hpp>
#include <pictures/stroke_font.hpp>

namespace partwise::pictures {
namespace {

constexpr double kStrokeOfText = 0.13;  // of the height of a capital: as heavy as text of a book
constexpr double kSpacing = 0.6;        // between letters, in units of a glyph
constexpr int kCurvePieces = 6;         // of one curve of a letter, at the sizes of a picture

/// Points of a stroke that is being read.
class PathReader {
 public:
  explicit PathReader(std::string_view path) : rest_(path) {}

  [[nodiscard]] std::vector<std::vector<Point>> read() {
    std::vector<std::vector<Point>> strokes;
    while (!rest_.empty()) {
      const char command = rest_.front();
      rest_.remove_prefix(1);
      if (command == 'M') {
        strokes.push_back({point()});
      } else if (command == 'L') {
        strokes.back().push_back(point());
      } else {
        curve(strokes.back());
      }
    }
    return strokes;
  }

 private:
  double number() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    double value = 0;
    const auto end = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value).ptr;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return value;
  }
  Point point() {
    const double x = number();
    return {x, number()};
  }
  void curve(std::vector<Point>& stroke) {
    const Point from = stroke.back(), control = point(), to = point();
    for (int i = 1; i <= kCurvePieces; ++i) {
      const double t = static_cast<double>(i) / kCurvePieces, u = 1 - t;
      stroke.push_back({u * u * from.x + 2 * u * t * control.x + t * t * to.x,
                        u * u * from.y + 2 * u * t * control.y + t * t * to.y});
    }
  }

  std::string_view rest_;
};

double distance(Point p, Point a, Point b) {
  const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  const double along =
      square > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/// The pixels that a number of points with a margin reaches, inside an image.
struct Box {
  Index left, top, right, bottom;

  Box(const std::vector<std::vector<Point>>& strokes, double margin, const Image& image) {
    double x0 = 1e9, y0 = 1e9, x1 = -1e9, y1 = -1e9;
    for (const auto& stroke : strokes) {
      for (const Point& p : stroke) {
        x0 = std::min(x0, p.x);
        x1 = std::max(x1, p.x);
        y0 = std::min(y0, p.y);
        y1 = std::max(y1, p.y);
      }
    }
    const auto within = [](double x, Index most) {
      return static_cast<Index>(std::clamp(x, 0.0, static_cast<double>(most)));
    };
    left = within(std::floor(x0 - margin), image.width);
    top = within(std::floor(y0 - margin), image.height);
    right = within(std::ceil(x1 + margin), image.width);
    bottom = within(std::ceil(y1 + margin), image.height);
  }
};

}  // namespace

Canvas::Canvas(Index width, Index height, Colour ground) : image_{width, height, {}} {
  image_.rgb.resize(static_cast<std::size_t>(3 * width * height));
  fill({0, 0}, {this->width(), this->height()}, ground);
}

void Canvas::set(Index x, Index y, Colour colour) { blend(x, y, colour, 1); }

void Canvas::blend(Index x, Index y, Colour colour, double cover) {
  std::uint8_t* pixel = &image_.rgb[static_cast<std::size_t>(3 * (y * image_.width + x))];
  const std::uint8_t over[] = {colour.red, colour.green, colour.blue};
  for (int c = 0; c < 3; ++c) {
    const double mixed = (1 - cover) * pixel[c] + cover * over[c];
    pixel[c] = static_cast<std::uint8_t>(std::lround(mixed));
  }
}

void Canvas::fill(Point from, Point to, Colour colour) {
  const auto edge = [](double x, double most) {
    return static_cast<Index>(std::lround(std::clamp(x, 0.0, most)));
  };
  for (Index y = edge(from.y, height()); y < edge(to.y, height()); ++y) {
    for (Index x = edge(from.x, width()); x < edge(to.x, width()); ++x) blend(x, y, colour, 1);
  }
}

void Canvas::stroke_strokes(const std::vector<std::vector<Point>>& strokes, double width,
                            Colour colour) {
  const double reach = width / 2 + 1;
  const Box box(strokes, reach, image_);
  const Index columns = box.right - box.left;
  if (columns <= 0 || box.bottom <= box.top) return;
  // Where strokes meet they cover a pixel once: the most that any of them covers counts.
  std::vector<float> cover(static_cast<std::size_t>(columns * (box.bottom - box.top)));
  for (const auto& stroke : strokes) {
    for (std::size_t i = 0; i + 1 < std::max<std::size_t>(stroke.size(), 2); ++i) {
      const Point a = stroke[i], b = stroke[std::min(i + 1, stroke.size() - 1)];
      const Box near({{a, b}}, reach, image_);
      for (Index y = near.top; y < near.bottom; ++y) {
        for (Index x = near.left; x < near.right; ++x) {
          const Point p{static_cast<double>(x) + 0.5, static_cast<double>(y) + 0.5};
          const auto covers =
              static_cast<float>(std::clamp(width / 2 + 0.5 - distance(p, a, b), 0.0, 1.0));
          float& most = cover[(y - box.top) * columns + x - box.left];
          most = std::max(most, covers);
        }
      }
    }
  }
  for (Index y = box.top; y < box.bottom; ++y) {
    for (Index x = box.left; x < box.right; ++x) {
      const float covers = cover[(y - box.top) * columns + x - box.left];
      if (covers > 0) blend(x, y, colour, covers);
    }
  }
}

void Canvas::stroke(std::span<const Point> points, double width, Colour colour) {
  if (!points.empty()) stroke_strokes({{points.begin(), points.end()}}, width, colour);
}

void Canvas::fill_under(std::span<const Point> points, double bottom, Colour colour,
                        double opacity) {
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Point a = points[i], b = points[i + 1];
    const auto first = static_cast<Index>(std::clamp(std::floor(a.x), 0.0, width()));
    const auto end = static_cast<Index>(std::clamp(std::floor(b.x), 0.0, width()));
    for (Index x = first; x < end; ++x) {
      const double share = std::clamp((static_cast<double>(x) + 0.5 - a.x) / (b.x - a.x), 0.0, 1.0);
      const double top = a.y + share * (b.y - a.y);
      for (auto y = static_cast<Index>(std::clamp(std::lround(top), 0L, image_.height));
           y < static_cast<Index>(std::lround(std::min(bottom, height()))); ++y)
        blend(x, y, colour, opacity);
    }
  }
}

double text_width(std::string_view text, double size) {
  double units = 0;
  for (const char c : text) units += glyph_of(c).advance + kSpacing;
  return units * size / kCapitalHeight;
}

void Canvas::text(std::string_view text, Point at, double size, Colour colour, Align align,
                  bool upwards) {
  const double unit = size / kCapitalHeight;
  double along = 0;
  if (align != Align::left) along = text_width(text, size) * (align == Align::right ? -1 : -0.5);
  for (const char c : text) {
    const Glyph& glyph = glyph_of(c);
    auto strokes = PathReader(glyph.path).read();
    for (auto& stroke : strokes) {
      for (Point& p : stroke) {
        const double right = along + unit * p.x, up = unit * p.y;
        p = upwards ? Point{at.x - up, at.y - right} : Point{at.x + right, at.y - up};
      }
    }
    stroke_strokes(strokes, std::max(1.0, kStrokeOfText * size), colour);
    along += unit * (glyph.advance + kSpacing);
  }
}

}  // namespace partwise::pictures
