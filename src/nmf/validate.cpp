#include <cmath>
#include <nmf/check_arguments.hpp>
#include <nmf/loss.hpp>
#include <string>

namespace partwise {
namespace {

constexpr Index kMaxComponents = 4096;
constexpr Index kMaxTemplateFrames = 64;
constexpr Index kMaxIterations = 1'000'000;
constexpr double kMaxBeta = 4;  // beyond, powers of the model leave the range of float

void check_penalty(const char* name, double value) {
  if (!(value >= 0) || !std::isfinite(value))
    nmf::refuse(name, nmf::number_text(value), "0 or more");
}

void check_convolutive(const FactorizeOptions& options) {
  const Index frames = options.template_frames;
  if (frames < 1 || frames > kMaxTemplateFrames)
    nmf::refuse("template_frames", std::to_string(frames),
                "1.." + std::to_string(kMaxTemplateFrames));
  if (frames == 1) return;
  const auto only_one_frame = [&](const char* what) {
    throw bad_argument("template_frames", frames, std::string("1 with ") + what);
  };
  if (options.solver != Solver::automatic && options.solver != Solver::mu)
    nmf::refuse("solver", "fast or cd with template_frames = " + std::to_string(frames),
                "auto or mu");
  if (options.product_precision == ProductPrecision::bf16) only_one_frame("bf16");
  if (!options.fixed_columns.empty()) only_one_frame("fixed_columns");
}

}  // namespace

void validate(const FactorizeOptions& options) {
  if (options.num_components < 1 || options.num_components > kMaxComponents) {
    nmf::refuse("num_components", std::to_string(options.num_components),
                "1.." + std::to_string(kMaxComponents));
  }
  check_convolutive(options);
  if (!(std::abs(options.beta) <= kMaxBeta))
    nmf::refuse("beta", nmf::number_text(options.beta), "-4..4");
  if (options.solver == Solver::cd && options.beta != 2) {
    throw bad_argument("solver", "cd with beta = " + value_text(options.beta),
                       "beta = 2 (frobenius), or solver fast or mu");
  }
  if (options.product_precision == ProductPrecision::bf16 &&
      nmf::effective_beta(options.beta) != 2) {
    throw bad_argument("product_precision", "bf16 with beta = " + value_text(options.beta),
                       "beta = 2 (frobenius), or product_precision full");
  }
  if (options.max_iterations < 0 || options.max_iterations > kMaxIterations) {
    nmf::refuse("max_iterations", std::to_string(options.max_iterations),
                "0.." + std::to_string(kMaxIterations));
  }
  if (!(options.tolerance >= 0 && options.tolerance < 1))
    nmf::refuse("tolerance", nmf::number_text(options.tolerance), "0 to below 1");
  check_penalty("l1_w", options.penalties.l1_w);
  check_penalty("l2_w", options.penalties.l2_w);
  check_penalty("l1_h", options.penalties.l1_h);
  check_penalty("l2_h", options.penalties.l2_h);
  check_penalty("continuity", options.continuity);
  if (!options.fixed_columns.empty() &&
      static_cast<Index>(options.fixed_columns.size()) != options.num_components) {
    nmf::refuse("fixed_columns", std::to_string(options.fixed_columns.size()) + " entries",
                std::to_string(options.num_components) + " (num_components)");
  }
}

}  // namespace partwise
