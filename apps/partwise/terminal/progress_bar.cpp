#include "terminal/progress_bar.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <partwise/json_lines.hpp>
#include <string_view>

#include "terminal/standard_streams.hpp"
#include "terminal/terminal.hpp"

namespace partwise::program {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr double kShareForEstimate = 0.03;  // before that, the time left is a guess
constexpr std::size_t kStageColumns = 14;   // the longest stage_text and two spaces
constexpr std::size_t kTimeColumns = 14;    // "  1:02:03 left"
constexpr std::size_t kWidestBar = 40;
// Where there is room, "^C" fits behind the line too, so that it does not begin a new one.
constexpr std::size_t kFreeColumns = 3, kWideTerminal = 30;
constexpr std::size_t kNarrowestBar = 8;  // a shorter one shows less than the number beside it

std::string percent_text(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%3.0f %%", 100 * share);
  return text;
}

std::string padded(std::string text, std::size_t columns) {
  text.resize(std::max(columns, text.size()), ' ');
  return text;
}

std::string drawn_bar(double share, std::size_t columns, bool colour) {
  const auto done = static_cast<std::size_t>(share * static_cast<double>(columns));
  return "[" + painted(std::string(done, '#'), Colour::cyan, colour) +
         std::string(columns - done, '.') + "] ";
}

}  // namespace

const char* stage_text(Stage stage) noexcept {
  switch (stage) {
    case Stage::fetch:
      return "fetching";
    case Stage::decode:
      return "reading";
    case Stage::transform:
      return "transforming";
    case Stage::factorize:
      return "factorizing";
    case Stage::separate:
      return "separating";
    case Stage::write:
      return "writing";
    case Stage::report:
      return "reporting";
  }
  return "working";
}

std::string time_text(double seconds) {
  constexpr int minute = 60, hour = 3600;
  const auto whole = static_cast<long>(std::ceil(std::clamp(seconds, 0.0, 1e8)));
  char text[32];
  if (whole < hour) {
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / minute, whole % minute);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / hour, whole % hour / minute,
                  whole % minute);
  }
  return text;
}

std::string bar_text(const Progress& progress, double seconds, std::size_t columns, bool colour) {
  const double share = std::clamp(progress.share, 0.0, 1.0);
  const std::size_t free = columns >= kWideTerminal ? kFreeColumns : 1;
  const std::size_t room = columns > free ? columns - free : 0;
  const std::string percent = percent_text(share);
  if (room < kStageColumns + percent.size()) {
    return room < percent.size() ? "" : percent;
  }
  std::string line = padded(stage_text(progress.stage), kStageColumns);
  std::string time;
  std::size_t left = room - kStageColumns - percent.size();
  if (left >= kTimeColumns) {
    left -= kTimeColumns;
    if (share > kShareForEstimate) {
      time = "  " + time_text(seconds * (1 - share) / share) + " left";
    }
    time = padded(time, kTimeColumns);
  }
  constexpr std::size_t kFrame = 3;  // "[] "
  if (left >= kFrame + kNarrowestBar) {
    line += drawn_bar(share, std::min(kWidestBar, left - kFrame), colour);
  }
  return line + percent + time;
}

ProgressBar::ProgressBar(const RunOptions& options)
    : json_(options.json_progress),
      active_(json_ || (!options.quiet && is_terminal(STDERR_FILENO))),
      colour_(shows_colour(STDERR_FILENO)) {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::clear() {
  if (drawn_columns_ == 0) return;
  // The terminal may be narrower by now: more spaces than it has columns would begin a new line.
  const std::size_t columns = std::min(drawn_columns_, terminal_columns(STDERR_FILENO) - 1);
  write_standard_error("\r" + std::string(columns, ' ') + "\r");
  drawn_columns_ = 0;
}

void ProgressBar::show(const Progress& progress) {
  if (!active_) return;
  const auto now = Clock::now();
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const bool is_news =
      !has_told_ || told_.stage != progress.stage || (progress.share >= 1 && told_.share < 1);
  if (now - shown_ < kRedraw && !(json_ && is_news)) return;
  shown_ = now;
  if (was_fetching_ && progress.stage != Stage::fetch) rest_began_s_ = seconds;
  was_fetching_ = progress.stage == Stage::fetch;
  json_ ? tell(progress, seconds) : draw(progress, seconds - rest_began_s_);
}

void ProgressBar::tell(const Progress& progress, double seconds) {
  told_ = progress;
  has_told_ = true;
  write_standard_error(progress_json(progress, seconds) + "\n");
}

void ProgressBar::draw(const Progress& progress, double seconds) {
  const std::size_t columns = terminal_columns(STDERR_FILENO);
  const std::size_t plain = bar_text(progress, seconds, columns, false).size();
  std::string line = "\r" + bar_text(progress, seconds, columns, colour_);
  // What a longer line left behind.
  if (drawn_columns_ > plain) line.append(std::min(drawn_columns_, columns - 1) - plain, ' ');
  drawn_columns_ = plain;
  write_standard_error(line);
}

}  // namespace partwise::program
