#include "progress_bar.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "standard_streams.hpp"

namespace partwise::program {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr double kShareForEstimate = 0.03;  // before that, the time left is a guess
constexpr std::size_t kStageColumns = 13;   // the longest stage_text and a space
constexpr std::size_t kNumberColumns = 24;  // "] 100 %  1:02:03 left"
constexpr std::size_t kWidestBar = 40;
constexpr std::size_t kUsualTerminal = 80;

std::size_t terminal_columns() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualTerminal;
  return size.ws_col;
}

/// https://no-color.org: set and not empty means none.
bool wants_colour() {
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  const bool is_dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  return (no_color == nullptr || *no_color == '\0') && !is_dumb;
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

ProgressBar::ProgressBar(bool wanted)
    : active_(wanted && ::isatty(STDERR_FILENO) == 1), colour_(wants_colour()) {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::clear() {
  if (drawn_columns_ == 0) return;
  write_standard_error("\r" + std::string(drawn_columns_, ' ') + "\r");
  drawn_columns_ = 0;
}

void ProgressBar::show(const Progress& progress) {
  const auto now = Clock::now();
  if (!active_ || now - drawn_ < kRedraw) return;
  drawn_ = now;
  if (was_fetching_ && progress.stage != Stage::fetch) start_ = now;  // its share was its own
  was_fetching_ = progress.stage == Stage::fetch;
  const double share = std::clamp(progress.share, 0.0, 1.0);
  const double elapsed = std::chrono::duration<double>(now - start_).count();

  std::string stage = stage_text(progress.stage);
  stage.resize(kStageColumns, ' ');
  const std::size_t columns = terminal_columns();
  const std::size_t taken = kStageColumns + kNumberColumns + 1;
  const std::size_t bar = columns > taken ? std::min(kWidestBar, columns - taken) : 0;
  const auto done = static_cast<std::size_t>(share * static_cast<double>(bar));

  char percent[16];
  std::snprintf(percent, sizeof percent, "] %3.0f %%", 100 * share);
  std::string numbers = percent;
  if (share > kShareForEstimate) {
    numbers += "  " + time_text(elapsed * (1 - share) / share) + " left";
  }
  numbers.resize(kNumberColumns, ' ');

  const std::string filled(done, '#');
  drawn_columns_ = kStageColumns + 1 + bar + kNumberColumns;
  write_standard_error("\r" + stage + "[" + (colour_ ? "\x1b[36m" + filled + "\x1b[0m" : filled) +
                       std::string(bar - done, '.') + numbers);
}

}  // namespace partwise::program
