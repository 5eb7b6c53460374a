#pragma once
#include <chrono>
#include <partwise/run_control.hpp>
#include <string>

namespace partwise::program {

/// One line on a terminal: stage, share done, time left. Redrawn at most ten times a second, gone
/// when the bar goes.
class ProgressBar {
 public:
  /// Draws nothing unless `wanted` and standard error is a terminal.
  explicit ProgressBar(bool wanted);
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  void show(const Progress& progress);
  /// Takes the line away, so that something else can be printed.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;
  bool active_;
  bool colour_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_{};
  bool was_fetching_ = false;
  std::size_t drawn_columns_ = 0;
};

/// What a stage is called: "factorizing". Never allocates.
[[nodiscard]] const char* stage_text(Stage stage) noexcept;

/// "0:07", "12:34", "1:02:03".
[[nodiscard]] std::string time_text(double seconds);

}  // namespace partwise::program
