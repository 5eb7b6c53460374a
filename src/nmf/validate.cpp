#include <nmf/check_arguments.hpp>
#include <nmf/loss.hpp>
#include <string>

namespace partwise {
namespace {

void check(const char* name, Index value, const Range<Index>& range) {
  if (!range.contains(value)) nmf::refuse(name, std::to_string(value), range.text());
}

void check(const char* name, double value, const Range<double>& range) {
  if (!range.contains(value)) nmf::refuse(name, nmf::number_text(value), range.text());
}

void check_convolutive(const FactorizeOptions& options) {
  const Index frames = options.template_frames;
  check("template_frames", frames, kTemplateFramesRange);
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
  const Index num_components = options.num_components.value_or(kDefaultComponents);
  check("num_components", num_components, kComponentsRange);
  check_convolutive(options);
  check("beta", options.beta, kBetaRange);
  if (options.solver == Solver::cd && options.beta != 2) {
    throw bad_argument("solver", "cd with beta = " + value_text(options.beta),
                       "beta = 2 (frobenius), or solver fast or mu");
  }
  if (options.product_precision == ProductPrecision::bf16 &&
      nmf::effective_beta(options.beta) != 2) {
    throw bad_argument("product_precision", "bf16 with beta = " + value_text(options.beta),
                       "beta = 2 (frobenius), or product_precision full");
  }
  check("max_iterations", options.max_iterations.value_or(kDefaultMaxIterations),
        kMaxIterationsRange);
  check("tolerance", options.tolerance, kToleranceRange);
  check("l1_w", options.penalties.l1_w, kPenaltyRange);
  check("l2_w", options.penalties.l2_w, kPenaltyRange);
  check("l1_h", options.penalties.l1_h, kPenaltyRange);
  check("l2_h", options.penalties.l2_h, kPenaltyRange);
  check("continuity", options.continuity, kPenaltyRange);
  if (!options.fixed_columns.empty() &&
      static_cast<Index>(options.fixed_columns.size()) != num_components) {
    nmf::refuse("fixed_columns", std::to_string(options.fixed_columns.size()) + " entries",
                std::to_string(num_components) + " (num_components)");
  }
}

FactorizeOptions with_defaults(FactorizeOptions options) {
  if (!options.num_components) options.num_components = kDefaultComponents;
  if (!options.max_iterations) options.max_iterations = kDefaultMaxIterations;
  return options;
}

}  // namespace partwise
