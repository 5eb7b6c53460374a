#include <algorithm>
#include <cmath>
#include <filesystem>
#include <options/option_parsing.hpp>
#include <parts/describe_parts.hpp>
#include <partwise/stored_run.hpp>
#include <pipeline/warnings.hpp>
#include <store/regroup.hpp>
#include <system_error>
#include <utility>

namespace partwise {
namespace {

/// Before anything is made of them: a file that somebody else wrote may hold anything.
void check_factors(const StoredRun& run, const StftOptions& stft) {
  const auto& [w, h] = run.factors;
  const auto wrong = [&](const std::string& what) {
    throw Error(ErrorCode::malformed, run.folder + "/factors.npz: " + what);
  };
  const auto shape = [](const Matrix<float>& m) {
    return "[" + std::to_string(m.rows()) + " x " + std::to_string(m.cols()) + "]";
  };
  const Index frames = num_frames(run.num_samples, stft);
  if (w.cols() < 1 || w.rows() != num_bins(stft) || h.rows() != w.cols() || h.cols() != frames) {
    wrong("W is " + shape(w) + " and H is " + shape(h) + ", expected [" +
          std::to_string(num_bins(stft)) + " x K] and [K x " + std::to_string(frames) +
          "], as summary.json has it");
  }
  const auto& refined = run.parts.refinement.factors;
  for (const auto* m : {&w, &h, &refined.w, &refined.h}) {
    for (Index c = 0; c < m->cols(); ++c) {
      const auto column = m->view().column_span(c);
      if (!std::all_of(column.begin(), column.end(),
                       [](float x) { return std::isfinite(x) && x >= 0; })) {
        wrong("it holds numbers that are negative, infinite or none, expected 0 or more");
      }
    }
  }
}

bool is_given(std::span<const GivenOption> given, std::string_view name) {
  return std::any_of(given.begin(), given.end(),
                     [&](const GivenOption& option) { return option.spec->name == name; });
}

}  // namespace

RunOptions resynth_options(const StoredRun& run, std::span<const GivenOption> given) {
  RunOptions options = run.options;
  const bool merges = is_given(given, "merge"), splits = is_given(given, "split");
  if (merges || splits) {
    options.names.clear();
    options.analysis.separate.groups.clear();
  }
  options = with_options(std::move(options), given);
  if (merges || splits) options.analysis.separate.groups = regrouped(run, options);
  check_names(options.names, expected_parts(options.analysis));
  if (options.output.empty()) options.output = default_resynth_folder(run.folder);
  return options;
}

std::string input_of(const StoredRun& run, const RunOptions& options) {
  if (!options.input.empty()) return options.input;
  std::error_code error;
  const auto folder = std::filesystem::weakly_canonical(run.folder, error);
  // A name is one component of a path, whatever a summary says.
  const std::string name = std::filesystem::path(run.input_name).filename().string();
  const std::string path = error ? name
                                 : (folder.parent_path() / name)
                                       .lexically_proximate(std::filesystem::current_path(error))
                                       .string();
  if (!name.empty() && std::filesystem::exists(path, error)) return path;
  throw Error(ErrorCode::cannot_read,
              "cannot read " + path + ", which " + run.folder + " was made from",
              OptionName("input") + " FILE says where it is");
}

std::string default_resynth_folder(std::string_view folder) {
  std::error_code error;
  const auto whole = std::filesystem::weakly_canonical(folder, error);
  const auto name = error || !whole.has_filename() ? std::filesystem::path(folder) : whole;
  return name.stem().string() + "-resynth.parts";
}

void check_is_input_of(const StoredRun& run, const std::string& input_path,
                       const std::string& sha256, const Signal& signal) {
  if (sha256 != run.input_sha256) {
    throw Error(ErrorCode::malformed, input_path + " is not the file that " + run.folder +
                                          " was made from: its SHA-256 is " + sha256 +
                                          ", expected " + run.input_sha256);
  }
  if (signal.num_samples() != run.num_samples || signal.num_channels() != run.num_channels ||
      signal.sample_rate_hz != run.sample_rate_hz) {
    const auto words = [](Index samples, Index channels, double rate_hz) {
      return std::to_string(samples) + " samples of " + std::to_string(channels) +
             (channels == 1 ? " channel at " : " channels at ") + json_number(rate_hz) + " Hz";
    };
    throw Error(ErrorCode::malformed,
                input_path + " decodes to " +
                    words(signal.num_samples(), signal.num_channels(), signal.sample_rate_hz) +
                    ", expected " + words(run.num_samples, run.num_channels, run.sample_rate_hz) +
                    ", which " + run.folder + " was made from");
  }
}

Analysis stored_analysis(const StoredRun& run, const Signal& signal, const AnalysisOptions& options,
                         bool with_spectrogram, Reducer& reducer, const RunControl& control) {
  const StftOptions stft = resolve(options.stft, run.sample_rate_hz);
  check_factors(run, stft);
  Analysis out;
  out.options = resolve(options);
  out.options.stft = {stft.n_fft, stft.hop_length};
  out.sample_rate_hz = signal.sample_rate_hz;
  out.w = run.factors.w;
  out.h = run.factors.h;
  out.objective = run.objective;
  out.iterations = run.iterations;
  out.stop_reason = run.stop_reason;
  out.model_residual_db = run.model_residual_db;
  out.factors_were_stored = true;
  validate(out.options.separate);
  (void)part_groups(out.options.separate.groups, out.w.cols());
  if (with_spectrogram) {
    control.report({Stage::transform, 0, 0, 0});
    out.spectrogram =
        options.precision == Precision::single_precision
            ? magnitude_spectrogram<float>(signal, stft, options.power, reducer, control)
            : magnitude_spectrogram<double>(signal, stft, options.power, reducer, control);
    control.check_stop();
  }
  out.components = describe_components(out.w, out.h, out.bin_hz(), out.frame_seconds());
  if (run.parts.gathered()) {
    out.parts = run.parts;
    out.parts.groups = part_groups(options.separate.groups, out.w.cols());
    parts::tell_of_groups(out.w, out.h, out.components, out.bin_hz(), out.parts);
  }
  out.warnings = warnings_about(out, options.factorize);
  return out;
}

}  // namespace partwise
