// How near the kernels and whole iterations come to the machine's limits, which are measured in the
// same run on the same thread.
//
// usage: partwise_bench_kernels [--quick | --smoke] [--json FILE]
//   --quick  leaves out 30 minutes of sound; --smoke  only shows that everything runs
#include <cstdio>
#include <cstring>
#include <fstream>
#include <measure/iteration_rows.hpp>
#include <measure/kernel_rows.hpp>
#include <measure/machine_limits.hpp>
#include <nlohmann/json.hpp>
#include <partwise/error.hpp>
#include <string>

namespace partwise::bench {
namespace {

using nlohmann::json;

constexpr double kGiga = 1e9;

struct Arguments {
  bool quick = false;
  bool smoke = false;
  std::string json_path;
};

Arguments parse(int count, char** values) {
  Arguments arguments;
  for (int i = 1; i < count; ++i) {
    const std::string value = values[i];
    if (value == "--quick") {
      arguments.quick = true;
    } else if (value == "--smoke") {
      arguments.smoke = true;
    } else if (value == "--json" && i + 1 < count) {
      arguments.json_path = values[++i];
    } else {
      throw Error(ErrorCode::usage, "unknown argument " + value);
    }
  }
  return arguments;
}

/// V of 4 s, 3 minutes and 30 minutes at 22 050 Hz, and how many iterations to look at.
struct Size {
  const char* name;
  Index frames;
  Index iterations;
};
constexpr Size kSizes[] = {{"4 s", 173, 60}, {"3 min", 7752, 12}, {"30 min", 77520, 6}};
constexpr Size kSmokeSize = {"smoke", 40, 3};

json report_limits(const MachineLimits& limits) {
  std::printf("%s, one thread: %.1f GFLOP/s FP32, %.2f G reciprocals/s.", limits.target.c_str(),
              limits.flops_per_s / kGiga, limits.reciprocals_per_s / kGiga);
  json reads = json::array();
  for (const ReadRate& read : limits.reads) {
    std::printf(" %s (%lld KiB) %.1f GB/s.", read.level.c_str(),
                static_cast<long long>(read.bytes / 1024), read.bytes_per_s / kGiga);
    reads.push_back(
        {{"level", read.level}, {"bytes", read.bytes}, {"gb_s", read.bytes_per_s / kGiga}});
  }
  std::printf("\n\n");
  return {{"target", limits.target},
          {"gflops", limits.flops_per_s / kGiga},
          {"greciprocals", limits.reciprocals_per_s / kGiga},
          {"reads", reads}};
}

json report_kernels(const std::vector<Index>& components, const MachineLimits& limits,
                    const TimingPlan& plan) {
  std::printf("| kernel | K | us | GFLOP/s | of the peak | of the bound | scalar twin takes |\n");
  std::printf("|---|---|---|---|---|---|---|\n");
  // The twin takes long; fewer looks at it do.
  const TimingPlan scalar_plan{3, plan.sample_s};
  json out = json::array();
  for (const Index k : components) {
    for (const KernelRow& row : kernel_rows(k)) {
      const double seconds = time_call([&] { row.call(kernels::kernel_table<float>()); }, plan);
      const double scalar =
          time_call([&] { row.call(kernels::scalar_kernel_table<float>()); }, scalar_plan);
      const double bound =
          row.flops / limits.flops_per_s + row.reciprocals / limits.reciprocals_per_s;
      const double of_peak = row.flops / seconds / limits.flops_per_s;
      std::printf("| %s | %td | %.2f | %.1f | %.0f %% | %.0f %% | %.1fx |\n", row.name.c_str(), k,
                  seconds * 1e6, row.flops / seconds / kGiga, 100 * of_peak, 100 * bound / seconds,
                  scalar / seconds);
      out.push_back({{"name", row.name},
                     {"k", k},
                     {"seconds", seconds},
                     {"gflops", row.flops / seconds / kGiga},
                     {"of_peak", of_peak},
                     {"of_bound", bound / seconds},
                     {"scalar_ratio", scalar / seconds}});
    }
  }
  std::printf("\n");
  return out;
}

json report_iterations(const Size& size, const std::vector<Index>& components,
                       const MachineLimits& limits, const TimingPlan& plan) {
  json out = json::array();
  for (const IterationRow& row :
       iteration_rows(size.frames, components, size.iterations, limits, plan)) {
    std::printf("| %s | %s | %td | %.4g | %.4g | %.4g | %.0f %% |\n", size.name, row.name.c_str(),
                row.components, row.seconds * 1e3, row.memory_bound_s * 1e3,
                row.compute_bound_s * 1e3, 100 * row.bound_s() / row.seconds);
    std::fflush(stdout);
    out.push_back({{"size", size.name},
                   {"name", row.name},
                   {"k", row.components},
                   {"seconds", row.seconds},
                   {"memory_bound_s", row.memory_bound_s},
                   {"compute_bound_s", row.compute_bound_s}});
  }
  return out;
}

int run(const Arguments& arguments) {
  const TimingPlan plan = arguments.smoke ? TimingPlan{1, 1e-5} : TimingPlan{};
  const std::vector<Index> components =
      arguments.smoke ? std::vector<Index>{6} : std::vector<Index>{6, 16, 64};
  const MachineLimits limits = measure_limits(plan);
  json out;
  out["limits"] = report_limits(limits);
  out["kernels"] = report_kernels(components, limits, plan);
  std::printf("| V | iteration | K | ms | bound of memory | of arithmetic | of the bound |\n");
  std::printf("|---|---|---|---|---|---|---|\n");
  out["iterations"] = json::array();
  for (const Size& size : kSizes) {
    if (arguments.quick && size.frames == std::end(kSizes)[-1].frames) break;
    for (const json& row :
         report_iterations(arguments.smoke ? kSmokeSize : size, components, limits, plan)) {
      out["iterations"].push_back(row);
    }
    if (arguments.smoke) break;
  }
  // The same loop again: a clock that changed meanwhile shows.
  const double again = measure_flops_per_s(plan) / kGiga;
  std::printf("\nThe peak again at the end: %.1f GFLOP/s.\n", again);
  out["limits"]["gflops_again"] = again;
  if (!arguments.json_path.empty()) {
    std::ofstream file(arguments.json_path);
    if (!(file << out.dump(1) << "\n")) {
      throw Error(ErrorCode::cannot_write, arguments.json_path + ": cannot write");
    }
  }
  return 0;
}

}  // namespace
}  // namespace partwise::bench

int main(int count, char** values) {
  try {
    return partwise::bench::run(partwise::bench::parse(count, values));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "partwise_bench_kernels: %s\n", error.what());
    return 1;
  }
}
