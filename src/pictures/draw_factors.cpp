// W and H as panels under each other.
#include <algorithm>
#include <cmath>
#include <pictures/axes.hpp>
#include <pictures/colour_map.hpp>

namespace partwise {
namespace {

using namespace pictures;

constexpr Index kWidth = 1200;
constexpr double kLeft = 78, kRight = 24, kAbove = 14, kBelow = 54, kPanel = 110, kGap = 12;
constexpr double kDepthDb = 80;  // of a spectrum, as deep as the spectrogram
constexpr double kLowestHz = 32.7;
constexpr Index kMostPanels = 100;  // a picture of 12 000 pixels; beyond, nobody looks

/// One panel for each row of a picture, and an axis under the last.
class Panels {
 public:
  explicit Panels(Index count)
      : count_(std::clamp(count, Index{1}, kMostPanels)),
        canvas_(kWidth,
                static_cast<Index>(kAbove + kBelow + (kPanel + kGap) * static_cast<double>(count_)),
                kPaper) {}

  [[nodiscard]] Index count() const { return count_; }
  [[nodiscard]] Canvas& canvas() { return canvas_; }
  [[nodiscard]] Box box(Index k) const {
    const double top = kAbove + (kPanel + kGap) * static_cast<double>(k);
    return {kLeft, top, static_cast<double>(kWidth) - kRight, top + kPanel};
  }

  void draw(Index k, const Axis& x, const std::vector<Tick>& ticks, const std::vector<Point>& line,
            const std::string& name) {
    const Box area = box(k);
    for (const Tick& tick : ticks) {
      const Point grid[] = {{x.place(tick.at), area.top}, {x.place(tick.at), area.bottom}};
      canvas_.stroke(grid, 1, kGrid);
    }
    canvas_.fill_under(line, area.bottom, colour_of_part(k), 0.25);
    canvas_.stroke(line, 1.5, colour_of_part(k));
    frame(canvas_, area);
    canvas_.text(name, {area.right - 8, area.top + 8 + kLetter}, kLetter, kInk, Align::right);
    if (k + 1 == count_) ticks_below(canvas_, area, x, ticks);
  }

  Image finish(const char* label) {
    canvas_.text(label, {(kLeft + static_cast<double>(kWidth) - kRight) / 2, canvas_.height() - 10},
                 kLetter, kInk, Align::centre);
    return canvas_.take();
  }

 private:
  Index count_;
  Canvas canvas_;
};

std::string name_of(const std::vector<std::string>& names, Index k) {
  return k < static_cast<Index>(names.size()) ? names[static_cast<std::size_t>(k)]
                                              : std::to_string(k);
}

/// The highest point (the least y) of each pixel column.
void add_highest(std::vector<Point>& line, Point p) {
  if (!line.empty() && std::floor(line.back().x) == std::floor(p.x)) {
    if (p.y < line.back().y) line.back() = p;
  } else {
    line.push_back(p);
  }
}

}  // namespace

Image draw_spectra(MatrixView<const float> w, int power, double bin_hz,
                   const std::vector<std::string>& names) {
  Panels panels(w.cols);
  const double nyquist = static_cast<double>(std::max<Index>(w.rows - 1, 1)) * bin_hz;
  const double lowest = std::min(std::max(kLowestHz, bin_hz), nyquist / 2);
  for (Index k = 0; k < std::min(panels.count(), w.cols); ++k) {
    const Box box = panels.box(k);
    const Axis x{lowest, nyquist, box.left, box.right, true},
        y{-kDepthDb, 0, box.bottom, box.top + 6};
    const float* column = w.column(k);
    const auto peak = static_cast<double>(*std::max_element(column, column + w.rows));
    std::vector<Point> line;
    for (Index f = 0; f < w.rows && peak > 0; ++f) {
      const double hz = static_cast<double>(f) * bin_hz;
      if (hz < lowest) continue;
      const double db =
          column[f] > 0 ? (power == 1 ? 20 : 10) * std::log10(static_cast<double>(column[f]) / peak)
                        : -kDepthDb;
      add_highest(line, {x.place(hz), y.place(std::max(db, -kDepthDb))});
    }
    panels.draw(k, x, hz_ticks(x), line, name_of(names, k));
    ticks_left(panels.canvas(), box, y, {{0, "0 dB"}, {-40, "-40"}, {-80, "-80"}});
  }
  return panels.finish("Frequency (Hz)");
}

Image draw_activations(MatrixView<const float> h, double frame_seconds,
                       const std::vector<std::string>& names) {
  Panels panels(h.rows);
  const double duration = std::max(static_cast<double>(h.cols) * frame_seconds, frame_seconds);
  for (Index k = 0; k < std::min(panels.count(), h.rows); ++k) {
    const Box box = panels.box(k);
    double peak = 0;
    for (Index t = 0; t < h.cols; ++t) peak = std::max(peak, static_cast<double>(h.column(t)[k]));
    const Axis x{0, duration, box.left, box.right},
        y{0, peak > 0 ? peak : 1, box.bottom, box.top + 6};
    std::vector<Point> line;
    for (Index t = 0; t < h.cols; ++t)
      add_highest(line, {x.place(static_cast<double>(t) * frame_seconds),
                         y.place(static_cast<double>(h.column(t)[k]))});
    panels.draw(k, x, time_ticks(x, 14), line, name_of(names, k));
    ticks_left(panels.canvas(), box, y, {{0, "0"}, {y.to, "peak"}});
  }
  return panels.finish(duration < 60 ? "Time (s)" : "Time (min)");
}

}  // namespace partwise
