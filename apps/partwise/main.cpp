// partwise: the command line program. Translation only: every decision is the library's.
#include <sys/resource.h>

#include <exception>
#include <new>
#include <partwise/error.hpp>
#include <partwise/version.hpp>
#include <string>

#include "commands/console.hpp"
#include "commands/run_command.hpp"
#include "parse/command_line.hpp"
#include "parse/help.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/signals.hpp"
#include "terminal/standard_streams.hpp"

namespace {

using namespace partwise;
using namespace partwise::program;

constexpr int kSignalExit = 128;  // the shell's convention: 128 + signal number

int exit_code(const Error& error) {
  if (error.code() == ErrorCode::stopped && received_signal() != 0) {
    return kSignalExit + received_signal();
  }
  return static_cast<int>(error.code());
}

/// All parts are written at once, a file each; the usual soft limit is 1024 files.
void allow_many_files() noexcept {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);  // if refused, opening the file too many says so
}

int run(int argc, const char* const* argv, Stage& stage) {
  const CommandLine line = parse_command_line(argc, argv);
  switch (line.task) {
    case CommandLine::Task::help:
      write_standard_output(line.command == nullptr ? overview_text() : help_text(*line.command));
      return 0;
    case CommandLine::Task::version:
      write_standard_output(std::string("partwise ") + kVersion + "\n");
      return 0;
    case CommandLine::Task::run:
      break;
  }
  allow_many_files();
  RunControl control;
  control.on_progress = [&stage](const Progress& progress) { stage = progress.stage; };
  const StopSignals signals(control);
  return run_command(line, control);
}

/// Out of memory: nothing here may ask for more.
int tell_no_memory(Stage stage) noexcept {
  write_standard_error("partwise: not enough memory while ");
  write_standard_error(stage_text(stage));
  write_standard_error("; fewer --components, a larger --hop-length or a --duration need less\n");
  return static_cast<int>(ErrorCode::resource_limit);
}

}  // namespace

int main(int argc, char** argv) {
  Stage stage = Stage::decode;
  prepare_standard_streams();
  try {
    return run(argc, argv, stage);
  } catch (const Error& error) {
    print_error(error);
    return exit_code(error);
  } catch (const std::bad_alloc&) {
    return tell_no_memory(stage);
  } catch (const std::exception& error) {
    print_error(std::string("a fault of partwise itself: ") + error.what());
    return static_cast<int>(ErrorCode::internal);
  }
}
