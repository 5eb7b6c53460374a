#include "commands/each_input.hpp"

#include <cmath>
#include <cstdio>
#include <partwise/error.hpp>

#include "commands/console.hpp"
#include "commands/exit_codes.hpp"
#include "parse/error_text.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {

int tell_each(const std::vector<std::string>& inputs, const RunOptions& options,
              RunControl& control,
              const std::function<std::string(const std::string& input)>& text_of) {
  check_standard_output();
  ProgressBar bar(options);
  const auto watch = std::move(control.on_progress);
  control.on_progress = [&](const Progress& progress) {
    if (watch) watch(progress);
    bar.show(progress);
  };
  std::vector<ErrorCode> failures;
  for (const std::string& input : inputs) {
    try {
      const std::string text = text_of(input);
      bar.clear();
      write_standard_output(text);
    } catch (const Error& error) {
      const bool concerns_all =
          error.code() == ErrorCode::stopped || error.code() == ErrorCode::cannot_write;
      if (concerns_all || inputs.size() == 1) throw;
      bar.clear();
      print_error(error_text_for(input, error));
      failures.push_back(error.code());
    }
  }
  control.on_progress = watch;
  return exit_code_of(failures);
}

std::string length_text(double seconds) {
  constexpr long long kMilli = 1000, kMinute = 60, kHour = 3600;
  const long long all = std::llround(seconds * kMilli);
  const long long whole = all / kMilli;
  char text[64];
  if (whole < kHour) {
    std::snprintf(text, sizeof text, "%lld:%02lld.%03lld", whole / kMinute, whole % kMinute,
                  all % kMilli);
  } else {
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld.%03lld", whole / kHour,
                  whole % kHour / kMinute, whole % kMinute, all % kMilli);
  }
  return text;
}

std::string counted(Index count, const std::string& what) {
  return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

}  // namespace partwise::program
