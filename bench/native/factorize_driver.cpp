// Factorizes V from a given or random start by the public library and says how long it took to get
// where.
//
// usage: partwise_bench_factorize --v V.npz (--start START.npz | --seed S) --beta B --components K
// --solver NAME
//          [--iterations N] [--target OBJECTIVE] [--time-limit SECONDS] [--threads N]
//          [--repeats N] [--as-is] [--w-first] [--out FACTORS.npz]
//
// Prints one line of JSON: of each repeat the seconds until the first recorded objective of at most
// the target (or until the last one), and of the last repeat how it ended. --as-is: without
// normalisation, for data that are to count as they are below -138 dB of their peak, too.
// --w-first: W is updated before H.
#include <cstdio>
#include <limits>
#include <map>
#include <measure/memory_use.hpp>
#include <measure/npz_matrices.hpp>
#include <measure/solver_names.hpp>
#include <measure/timing.hpp>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <string>
#include <vector>

namespace partwise::bench {
namespace {

class Arguments {
 public:
  Arguments(int count, char** values) {
    for (int i = 1; i < count; ++i) {
      const std::string name = values[i];
      if (name == "--as-is" || name == "--w-first") {
        values_[name] = "yes";
      } else if (name.rfind("--", 0) == 0 && i + 1 < count) {
        values_[name] = values[++i];
      } else {
        throw Error(ErrorCode::usage, "unknown argument " + name);
      }
    }
  }
  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
  [[nodiscard]] const std::string& text(const std::string& name) const {
    if (!has(name)) throw Error(ErrorCode::usage, name + " is missing");
    return values_.at(name);
  }
  [[nodiscard]] double number(const std::string& name) const { return std::stod(text(name)); }
  [[nodiscard]] double number(const std::string& name, double otherwise) const {
    return has(name) ? number(name) : otherwise;
  }

 private:
  std::map<std::string, std::string> values_;
};

FactorizeOptions options_from(const Arguments& arguments) {
  FactorizeOptions options;
  options.num_components = static_cast<Index>(arguments.number("--components"));
  options.beta = arguments.number("--beta");
  const auto solver = solver_named(arguments.text("--solver"));
  if (!solver) throw Error(ErrorCode::usage, "no solver " + arguments.text("--solver"));
  options.solver = *solver;
  options.start = arguments.has("--seed") ? Start::random : Start::given;
  options.seed = static_cast<std::uint32_t>(arguments.number("--seed", 0));
  options.tolerance = 0;  // what ends a run is the target, the time or the number of iterations
  constexpr double kManyIterations = 100'000;
  options.max_iterations = static_cast<Index>(arguments.number("--iterations", kManyIterations));
  options.normalize = !arguments.has("--as-is");
  if (arguments.has("--w-first")) options.order = UpdateOrder::w_first;
  return options;
}

/// One run, and where it ended.
struct Outcome {
  double seconds = 0;  ///< until the last objective that was recorded
  double total_seconds = 0;
  double objective = 0;
  Index iterations = 0;
  bool reached = false;
  Factors<float> factors;
};

Outcome run_once(const Matrix<float>& v, const Factors<float>* start,
                 const FactorizeOptions& options, const Arguments& arguments, Reducer& reducer) {
  const double target = arguments.number("--target", -std::numeric_limits<double>::infinity());
  const double time_limit_s =
      arguments.number("--time-limit", std::numeric_limits<double>::infinity());
  Outcome outcome;
  RunControl control;
  const auto begin = Clock::now();
  const auto note = [&](Index iteration, double objective) {
    if (outcome.reached) return;
    outcome.seconds = seconds_since(begin);
    outcome.objective = objective;
    outcome.iterations = iteration;
    outcome.reached = objective <= target;
    if (outcome.reached || outcome.seconds > time_limit_s) control.stop = true;
  };
  FactorizeResult<float> result = factorize<float>(v, options, start, reducer, control, note);
  outcome.total_seconds = seconds_since(begin);
  outcome.factors = std::move(result.factors);
  return outcome;
}

int run(const Arguments& arguments) {
  const FactorizeOptions options = options_from(arguments);
  const Matrix<float> v = read_data(arguments.text("--v"));
  const bool random = options.start == Start::random;
  const Factors<float> start = random ? Factors<float>() : read_factors(arguments.text("--start"));
  Reducer reducer(static_cast<int>(arguments.number("--threads", 1)));
  const int repeats = static_cast<int>(arguments.number("--repeats", 1));

  const std::int64_t before = resident_bytes();
  forget_peak();
  std::vector<double> seconds, total_seconds;
  Outcome outcome;
  std::int64_t peak = 0;
  for (int i = 0; i < repeats; ++i) {
    outcome = Outcome{};  // the factors of the repeat before leave memory first
    outcome = run_once(v, random ? nullptr : &start, options, arguments, reducer);
    seconds.push_back(outcome.seconds);
    total_seconds.push_back(outcome.total_seconds);
    if (i == 0) peak = peak_resident_bytes();
  }
  if (arguments.has("--out")) write_factors(outcome.factors, arguments.text("--out"));
  const nlohmann::json line = {{"seconds", seconds},
                               {"total_seconds", total_seconds},
                               {"iterations", outcome.iterations},
                               {"objective", outcome.objective},
                               {"reached", outcome.reached},
                               {"threads", reducer.threads()},
                               {"extra_bytes", peak > 0 && before > 0 ? peak - before : 0}};
  std::printf("%s\n", line.dump().c_str());
  return 0;
}

}  // namespace
}  // namespace partwise::bench

int main(int count, char** values) {
  try {
    return partwise::bench::run(partwise::bench::Arguments(count, values));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "partwise_bench_factorize: %s\n", error.what());
    return 1;
  }
}
