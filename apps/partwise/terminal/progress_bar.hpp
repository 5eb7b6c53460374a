#pragma once
#include <chrono>
#include <partwise/run_control.hpp>
#include <partwise/run_options.hpp>
#include <string>

namespace partwise::program {

/// How a run tells where it stands: a line on a terminal (stage, share done, time left), redrawn at
/// most ten times a second and gone when the bar goes; or, as --json-progress asks, an object a
/// line on standard error as often, and whenever a stage begins or all is done.
class ProgressBar {
 public:
  /// Draws nothing with --quiet, nor where standard error is no terminal.
  explicit ProgressBar(const RunOptions& options);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(const Progress& progress);
  /// Takes the line away, so that something else can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  void tell(const Progress& progress, double seconds);
  void draw(const Progress& progress, double seconds);

  bool json_;
  bool active_;
  bool colour_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_{};
  bool has_told_ = false;
  Progress told_;
  bool was_fetching_ = false;
  double rest_began_s_ = 0;  ///< the fetch, whose share was its own, is over
  std::size_t drawn_columns_ = 0;
};

/// The line for a terminal of so many columns: what does not fit is left out, the bar first, then
/// the time left. It leaves the last column free, where some terminals would begin a new line.
/// `seconds`: since the run began.
[[nodiscard]] std::string bar_text(const Progress& progress, double seconds, std::size_t columns,
                                   bool colour);

/// What a stage is called: "factorizing". Never allocates.
[[nodiscard]] const char* stage_text(Stage stage) noexcept;

/// "0:07", "12:34", "1:02:03".
[[nodiscard]] std::string time_text(double seconds);

}  // namespace partwise::program
