#include "commands/decompose_several.hpp"

#include <algorithm>
#include <numeric>
#include <partwise/error.hpp>
#include <partwise/run.hpp>
#include <utility>

#include "commands/console.hpp"
#include "commands/exit_codes.hpp"
#include "commands/file_job.hpp"
#include "commands/work_queue.hpp"
#include "terminal/progress_bar.hpp"
#include "terminal/standard_streams.hpp"

namespace partwise::program {
namespace {

class Several {
 public:
  Several(const std::vector<std::string>& inputs, const std::vector<std::string>& folders,
          const RunOptions& options, const RunControl& control)
      : control_(control),
        memory_limit_bytes_(memory_limit_bytes(options)),
        threads_(threads_of(options)),
        jobs_(inputs.size()),
        bar_(options) {
    at_a_time_ = inputs.size() >= static_cast<std::size_t>(threads_) ? threads_ : 1;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      jobs_[i].input = inputs[i];
      jobs_[i].shown = shown_input(inputs[i]);
      jobs_[i].options = options;
      jobs_[i].options.output = folders[i];
      jobs_[i].options.threads = at_a_time_ > 1 ? 1 : threads_;
      jobs_[i].max_memory_bytes = memory_limit_bytes_ / static_cast<std::uint64_t>(at_a_time_);
    }
  }

  int run() {
    std::vector<std::size_t> all(jobs_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    work(all);
    at_a_time_ = 1;
    for (const std::size_t i : too_large_) {
      jobs_[i].outcome.reset();
      jobs_[i].progress = {};
      jobs_[i].options.threads = threads_;
      jobs_[i].max_memory_bytes = memory_limit_bytes_;
    }
    work(std::exchange(too_large_, {}));
    bar_.clear();
    return result();
  }

 private:
  /// The jobs of these numbers, at_a_time_ of them side by side.
  void work(const std::vector<std::size_t>& numbers) {
    if (numbers.empty()) return;
    std::size_t told = 0;
    WorkQueue queue(numbers.size(), at_a_time_, [&](std::size_t i) { run_job(jobs_[numbers[i]]); });
    try {
      for (bool more = true; more;) {
        more = queue.wait();
        if (control_.stop) stop(queue);
        while (told < numbers.size() && tell(numbers[told])) ++told;
        show();
      }
    } catch (...) {
      stop(queue);
      throw;
    }
  }

  void stop(WorkQueue& queue) {
    queue.stop();
    for (FileJob& job : jobs_) job.control.stop = true;
  }

  /// Prints how a job ended; false if it has not.
  bool tell(std::size_t number) {
    FileJob& job = jobs_[number];
    const std::lock_guard lock(job.mutex);
    if (!job.outcome) return false;
    const FileOutcome& outcome = *job.outcome;
    if (!outcome.error.empty() && outcome.code == ErrorCode::stopped) return true;
    if (is_for_later(outcome)) {
      too_large_.push_back(number);
      return true;
    }
    bar_.clear();
    for (const auto& warning : outcome.warnings) print_warning(warning);
    write_standard_output(outcome.line);
    if (outcome.error.empty()) {
      ++num_done_;
    } else {
      print_error(outcome.error);
      codes_.push_back(outcome.code);
    }
    return true;
  }

  /// Too large beside others, it may be small enough alone.
  [[nodiscard]] bool is_for_later(const FileOutcome& outcome) const {
    return !outcome.error.empty() && outcome.code == ErrorCode::resource_limit && at_a_time_ > 1;
  }

  /// The share of all files, and the stage of the first that is not done.
  void show() {
    Progress all{Stage::report, 0, 0, 0};
    bool found = false;
    for (FileJob& job : jobs_) {
      const std::lock_guard lock(job.mutex);
      const bool is_done = job.outcome && !is_for_later(*job.outcome);
      const bool counts = job.progress.stage != Stage::fetch;  // whose share is of that alone
      if (is_done || counts) all.share += is_done ? 1 : job.progress.share;
      if (!is_done && !found) {
        all.stage = job.progress.stage;
        found = true;
      }
    }
    all.share /= static_cast<double>(jobs_.size());
    share_ = std::max(share_, all.share);  // what begins anew falls back
    all.share = share_;
    bar_.show(all);
  }

  [[nodiscard]] int result() const {
    const std::string of_all = " of " + std::to_string(jobs_.size()) + " files";
    if (num_done_ + codes_.size() < jobs_.size()) {
      throw Error(ErrorCode::stopped,
                  "stopped: " + std::to_string(num_done_) + of_all + " were taken apart");
    }
    if (codes_.empty()) return 0;
    print_error(std::to_string(codes_.size()) + of_all + " could not be taken apart");
    return exit_code_of(codes_);
  }

  const RunControl& control_;
  std::uint64_t memory_limit_bytes_;
  int threads_;
  int at_a_time_ = 1;
  std::vector<FileJob> jobs_;
  ProgressBar bar_;
  double share_ = 0;
  std::vector<std::size_t> too_large_;
  std::size_t num_done_ = 0;
  std::vector<ErrorCode> codes_;  // of the files that failed
};

}  // namespace

int decompose_several(const std::vector<std::string>& inputs,
                      const std::vector<std::string>& folders, const RunOptions& options,
                      const RunControl& control) {
  const OutputParent parent(options.output);
  return Several(inputs, folders, options, control).run();
}

}  // namespace partwise::program
