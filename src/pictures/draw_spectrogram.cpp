#include <algorithm>
#include <cmath>
#include <limits>
#include <partwise/error.hpp>
#include <pictures/axes.hpp>
#include <pictures/colour_map.hpp>

namespace partwise {
namespace {

using namespace pictures;

constexpr double kLowestHz = 32.7;  // C1, about the lowest note of a bass
constexpr double kLeft = 78, kRight = 96, kBelow = 58, kAbove = 18, kTitle = 26;
constexpr double kBarGap = 18, kBarWidth = 16;

/// The loudest of V over the frames and bins under a pixel, or between the two nearest bins'
/// levels.
class Levels {
 public:
  Levels(MatrixView<const float> v, int power, double bin_hz, double frame_seconds)
      : v_(v), per_decade_(power == 1 ? 20 : 10), bin_hz_(bin_hz), frame_seconds_(frame_seconds) {}

  [[nodiscard]] float peak(Index first_bin, Index last_bin) const {
    float most = 0;
    for (Index t = 0; t < v_.cols; ++t) {
      for (Index f = first_bin; f <= last_bin; ++f) most = std::max(most, v_.column(t)[f]);
    }
    return most;
  }

  /// Decibels below `peak` of a column of pixels over [from, to) seconds; edges in Hz, one more
  /// than there are rows, falling.
  void column(double from, double to, const std::vector<double>& edges, float peak,
              std::vector<double>& out) {
    const auto frame = [&](double t) {
      return std::clamp(static_cast<Index>(std::floor(t / frame_seconds_ + 0.5)), Index{0},
                        v_.cols - 1);
    };
    const Index first = frame(from), end = std::max(first + 1, std::min(v_.cols, frame(to)));
    loudest_.assign(v_.column(first), v_.column(first) + v_.rows);
    for (Index t = first + 1; t < end; ++t) {
      for (Index f = 0; f < v_.rows; ++f) loudest_[f] = std::max(loudest_[f], v_.column(t)[f]);
    }
    for (std::size_t r = 0; r < out.size(); ++r) out[r] = level(edges[r + 1], edges[r], peak);
  }

 private:
  [[nodiscard]] double db(float value, float peak) const {
    if (!(value > 0)) return -std::numeric_limits<double>::infinity();
    return per_decade_ *
           (std::log10(static_cast<double>(value)) - std::log10(static_cast<double>(peak)));
  }
  [[nodiscard]] double level(double low_hz, double high_hz, float peak) const {
    const double low = low_hz / bin_hz_, high = high_hz / bin_hz_,
                 last = static_cast<double>(v_.rows - 1);
    if (high - low >= 1) {
      const auto first = static_cast<Index>(std::clamp(std::ceil(low), 0.0, last));
      const auto end =
          static_cast<Index>(std::clamp(std::ceil(high) - 1, static_cast<double>(first), last));
      return db(*std::max_element(loudest_.begin() + first, loudest_.begin() + end + 1), peak);
    }
    const double at =
        std::clamp(std::ceil(low) < high ? std::ceil(low) : (low + high) / 2, 0.0, last);
    const auto f = static_cast<Index>(at);
    const Index next = std::min(f + 1, v_.rows - 1);
    constexpr double kSilence = -300;  // finite, so that it can be between
    const double a = std::max(db(loudest_[f], peak), kSilence),
                 b = std::max(db(loudest_[next], peak), kSilence);
    return a + (at - static_cast<double>(f)) * (b - a);
  }

  MatrixView<const float> v_;
  double per_decade_, bin_hz_, frame_seconds_;
  std::vector<float> loudest_;
};

void colour_bar(Canvas& canvas, const Box& plot, const SpectrogramPlot& options) {
  const Box bar{plot.right + kBarGap, plot.top, plot.right + kBarGap + kBarWidth, plot.bottom};
  const Axis axis{-options.depth_db, 0, bar.bottom, bar.top};
  for (auto y = static_cast<Index>(bar.top); y < static_cast<Index>(bar.bottom); ++y) {
    const double share = 1 - (static_cast<double>(y) + 0.5 - bar.top) / (bar.bottom - bar.top);
    for (auto x = static_cast<Index>(bar.left); x < static_cast<Index>(bar.right); ++x)
      canvas.set(x, y, colour_at(options.colours, share));
  }
  frame(canvas, bar);
  ticks_right(canvas, bar, axis, even_ticks(axis, 8));
  canvas.text("Level (dB)", {canvas.width() - 8, (bar.top + bar.bottom) / 2}, kLetter, kInk,
              Align::centre, true);
}

void check_hertz(const char* name, const std::optional<double>& hz) {
  if (hz && !kHertzRange.contains(*hz)) throw bad_argument(name, *hz, kHertzRange);
}

Axis frequency_axis(const SpectrogramPlot& plot, double bin_hz, Index bins, const Box& box) {
  const double nyquist = static_cast<double>(bins - 1) * bin_hz;
  const double lowest = plot.logarithmic ? std::min(std::max(kLowestHz, bin_hz), nyquist / 2) : 0;
  const Axis axis{plot.hz_min.value_or(lowest), std::min(plot.hz_max.value_or(nyquist), nyquist),
                  box.bottom, box.top, plot.logarithmic};
  if (!(axis.from < axis.to))
    throw bad_argument("max_hz", axis.to,
                       "more than min-hz, and min-hz below half the sample rate");
  return axis;
}

}  // namespace

Image draw_spectrogram(MatrixView<const float> v, int power, double bin_hz, double frame_seconds,
                       const SpectrogramPlot& plot) {
  for (const Index pixels : {plot.width, plot.height}) {
    if (!kPixelsRange.contains(pixels))
      throw bad_argument("size", pixels, kPixelsRange.text() + " pixels each");
  }
  if (!kDepthRange.contains(plot.depth_db)) throw bad_argument("depth", plot.depth_db, kDepthRange);
  check_hertz("hz_min", plot.hz_min);
  check_hertz("hz_max", plot.hz_max);
  Canvas canvas(plot.width, plot.height, kPaper);
  const Box box{kLeft, kAbove + (plot.title.empty() ? 0 : kTitle), canvas.width() - kRight,
                canvas.height() - kBelow};
  const Axis time{0, std::max(static_cast<double>(v.cols) * frame_seconds, frame_seconds), box.left,
                  box.right};
  const Axis hz = frequency_axis(plot, bin_hz, v.rows, box);
  Levels levels(v, power, bin_hz, frame_seconds);
  const auto bin = [&](double at) {
    return std::clamp(static_cast<Index>(std::lround(at / bin_hz)), Index{0}, v.rows - 1);
  };
  const float peak = levels.peak(bin(hz.from), bin(hz.to));
  const auto rows = static_cast<std::size_t>(box.bottom - box.top);
  std::vector<double> edges, column(rows);
  for (std::size_t r = 0; r <= rows; ++r)
    edges.push_back(hz.value(box.top + static_cast<double>(r)));
  for (auto x = static_cast<Index>(box.left); x < static_cast<Index>(box.right); ++x) {
    const auto left = static_cast<double>(x);
    if (peak > 0) {
      levels.column(time.value(left), time.value(left + 1), edges, peak, column);
    } else {
      std::fill(column.begin(), column.end(), -std::numeric_limits<double>::infinity());
    }
    for (std::size_t r = 0; r < rows; ++r)
      canvas.set(x, static_cast<Index>(box.top) + static_cast<Index>(r),
                 colour_at(plot.colours, 1 + column[r] / plot.depth_db));
  }
  frame(canvas, box);
  ticks_below(canvas, box, time, time_ticks(time, static_cast<int>((box.right - box.left) / 80)));
  ticks_left(canvas, box, hz, hz_ticks(hz));
  colour_bar(canvas, box, plot);
  canvas.text(time.to < 60 ? "Time (s)" : "Time (min)",
              {(box.left + box.right) / 2, canvas.height() - 12}, kLetter, kInk, Align::centre);
  canvas.text("Frequency (Hz)", {18, (box.top + box.bottom) / 2}, kLetter, kInk, Align::centre,
              true);
  constexpr double kTitleLetter = 11.5;
  if (!plot.title.empty())
    canvas.text(plot.title, {(box.left + box.right) / 2, box.top - 12}, kTitleLetter, kInk,
                Align::centre);
  return canvas.take();
}

}  // namespace partwise
