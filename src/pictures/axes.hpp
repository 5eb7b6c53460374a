#pragma once
#include <pictures/canvas.hpp>
#include <string>
#include <vector>

namespace partwise::pictures {

inline constexpr Colour kInk{38, 38, 38}, kPaper{255, 255, 255}, kGrid{224, 224, 224};
inline constexpr double kLetter = 9.5;  ///< height of a capital in labels, in pixels

/// Values to places, straight or by logarithms.
struct Axis {
  double from, to;   ///< values
  double low, high;  ///< pixels
  bool logarithmic = false;

  [[nodiscard]] double place(double value) const;
  [[nodiscard]] double value(double place) const;
};

struct Tick {
  double at;
  std::string label;
};

/// 1, 2 and 5 of each decade of a logarithmic axis, else even steps of at most `most`.
[[nodiscard]] std::vector<Tick> hz_ticks(const Axis& axis, int most = 10);
[[nodiscard]] std::vector<Tick> even_ticks(const Axis& axis, int most);
/// Seconds, or minutes and seconds from a minute on.
[[nodiscard]] std::vector<Tick> time_ticks(const Axis& axis, int most);

struct Box {
  double left, top, right, bottom;
};

void frame(Canvas& canvas, const Box& box);
/// Marks outside the box with their labels; a label that would meet its neighbour is left out.
void ticks_below(Canvas& canvas, const Box& box, const Axis& axis, const std::vector<Tick>& ticks);
void ticks_left(Canvas& canvas, const Box& box, const Axis& axis, const std::vector<Tick>& ticks);
void ticks_right(Canvas& canvas, const Box& box, const Axis& axis, const std::vector<Tick>& ticks);

}  // namespace partwise::pictures
