#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <pictures/axes.hpp>

namespace partwise::pictures {
namespace {

constexpr double kMark = 4;  // pixels of a tick

std::string number_text(double value) {
  if (value == 0) value = 0;  // not -0
  std::array<char, 32> text{};
  // Far more digits than steps of a tick have, far fewer than their sums are wrong by.
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 9)
          .ptr;
  return {text.data(), end};
}

/// 1, 2 or 5 times a power of ten, so that [from, to] has at most `most` of them.
double step_of(double from, double to, int most) {
  const double rough = (to - from) / most, power = std::pow(10, std::floor(std::log10(rough)));
  for (const double digit : {1.0, 2.0, 5.0}) {
    if (digit * power >= rough) return digit * power;
  }
  return 10 * power;
}

std::string two_digits(double value) {
  const std::string text = number_text(value);
  return value < 10 ? "0" + text : text;
}

}  // namespace

double Axis::place(double v) const {
  const double share =
      logarithmic ? std::log(v / from) / std::log(to / from) : (v - from) / (to - from);
  return low + share * (high - low);
}

double Axis::value(double place) const {
  const double share = (place - low) / (high - low);
  return logarithmic ? from * std::pow(to / from, share) : from + share * (to - from);
}

std::vector<Tick> even_ticks(const Axis& axis, int most) {
  const double step = step_of(axis.from, axis.to, most);
  std::vector<Tick> ticks;
  for (double i = std::ceil(axis.from / step - 1e-9); i * step <= axis.to * (1 + 1e-9) + 1e-12; ++i)
    ticks.push_back({i * step, number_text(i * step)});
  return ticks;
}

std::vector<Tick> hz_ticks(const Axis& axis, int most) {
  std::vector<Tick> ticks;
  if (axis.logarithmic) {
    for (double decade = std::pow(10, std::floor(std::log10(axis.from))); decade <= axis.to;
         decade *= 10) {
      for (const double digit : {1.0, 2.0, 5.0}) {
        const double hz = digit * decade;
        if (hz >= axis.from && hz <= axis.to) ticks.push_back({hz, number_text(hz)});
      }
    }
  }
  return ticks.size() >= 3 ? ticks : even_ticks(axis, most);
}

std::vector<Tick> time_ticks(const Axis& axis, int most) {
  constexpr double kMinute = 60;
  if (axis.to < kMinute) return even_ticks(axis, most);
  std::vector<Tick> ticks;
  for (const double step : {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0,
                            3600.0, 7200.0, 21600.0}) {
    if ((axis.to - axis.from) / step > most) continue;
    for (double i = std::ceil(axis.from / step); i * step <= axis.to; ++i) {
      const double t = i * step;
      ticks.push_back(
          {t, number_text(std::floor(t / kMinute)) + ":" + two_digits(std::fmod(t, kMinute))});
    }
    break;
  }
  return ticks;
}

void frame(Canvas& canvas, const Box& box) {
  const Point corners[] = {{box.left, box.top},
                           {box.right, box.top},
                           {box.right, box.bottom},
                           {box.left, box.bottom},
                           {box.left, box.top}};
  canvas.stroke(corners, 1, kInk);
}

void ticks_below(Canvas& canvas, const Box& box, const Axis& axis, const std::vector<Tick>& ticks) {
  double free = -1e9;
  for (const Tick& tick : ticks) {
    const double x = axis.place(tick.at), half = text_width(tick.label, kLetter) / 2;
    const Point mark[] = {{x, box.bottom}, {x, box.bottom + kMark}};
    canvas.stroke(mark, 1, kInk);
    if (x - half < free) continue;
    canvas.text(tick.label, {x, box.bottom + kMark + 5 + kLetter}, kLetter, kInk, Align::centre);
    free = x + half + kLetter;
  }
}

void ticks_left(Canvas& canvas, const Box& box, const Axis& axis, const std::vector<Tick>& ticks) {
  for (const Tick& tick : ticks) {
    const double y = axis.place(tick.at);
    const Point mark[] = {{box.left - kMark, y}, {box.left, y}};
    canvas.stroke(mark, 1, kInk);
    canvas.text(tick.label, {box.left - kMark - 4, y + kLetter / 2}, kLetter, kInk, Align::right);
  }
}

void ticks_right(Canvas& canvas, const Box& box, const Axis& axis, const std::vector<Tick>& ticks) {
  for (const Tick& tick : ticks) {
    const double y = axis.place(tick.at);
    const Point mark[] = {{box.right, y}, {box.right + kMark, y}};
    canvas.stroke(mark, 1, kInk);
    canvas.text(tick.label, {box.right + kMark + 4, y + kLetter / 2}, kLetter, kInk, Align::left);
  }
}

}  // namespace partwise::pictures
