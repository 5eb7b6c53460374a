#include "commands/file_job.hpp"

#include <exception>
#include <new>
#include <partwise/option_names.hpp>
#include <partwise/run.hpp>
#include <utility>

#include "commands/console.hpp"
#include "commands/decompose_file.hpp"
#include "parse/error_text.hpp"

namespace partwise::program {
namespace {

FileOutcome failure(const FileJob& job, ErrorCode code, const std::string& message) {
  FileOutcome out;
  out.code = code;
  out.error = error_text_for(job.input, message);
  if (job.options.json) out.line = failure_json(job.input, code, out.error);
  return out;
}

FileOutcome success(const FileJob& job, const FinishedRun& done) {
  FileOutcome out;
  for (const Message& warning : done.written.warnings) {
    out.warnings.push_back(job.shown + ": " + warning.text(flag_of));
  }
  if (job.options.json) {
    out.line = json_on_one_line(done.written.summary_json);
  } else if (!job.options.quiet) {
    out.line = closing_line(job.shown, done);
  }
  return out;
}

FileOutcome outcome_of(const FileJob& job) {
  try {
    return success(job,
                   decompose_file({job.input, job.max_memory_bytes}, job.options, job.control));
  } catch (const Error& error) {
    return failure(job, error.code(), error_text(error));
  } catch (const std::bad_alloc&) {
    return failure(job, ErrorCode::resource_limit, "not enough memory");
  } catch (const std::exception& error) {
    return failure(job, ErrorCode::internal,
                   std::string("a fault of partwise itself: ") + error.what());
  }
}

}  // namespace

void run_job(FileJob& job) noexcept {
  job.control.on_progress = [&job](const Progress& progress) {
    const std::lock_guard lock(job.mutex);
    job.progress = progress;
  };
  FileOutcome outcome = outcome_of(job);
  const std::lock_guard lock(job.mutex);
  job.outcome = std::move(outcome);
}

}  // namespace partwise::program
