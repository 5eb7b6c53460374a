#include <algorithm>
#include <cmath>
#include <nmf/check_arguments.hpp>
#include <nmf/check_problem.hpp>
#include <string>
#include <utility>

namespace partwise::nmf {
namespace {

std::string shape_text(Index rows, Index cols) {
  return "[" + std::to_string(rows) + " x " + std::to_string(cols) + "]";
}

void check_shape(const char* name, Index rows, Index cols, Index expected_rows,
                 Index expected_cols) {
  if (rows == expected_rows && cols == expected_cols) return;
  refuse(name, shape_text(rows, cols), shape_text(expected_rows, expected_cols));
}

/// What compares or reaches into neighbouring frames.
template <class T>
void check_processes(const FactorizeCall<T>& call) {
  if (call.v().frames() == call.v().all_frames()) return;
  if (call.options.continuity > 0) {
    throw bad_argument("continuity", call.options.continuity,
                       "0 where several processes share the frames: it compares neighbours");
  }
  if (call.options.template_frames > 1) {
    throw bad_argument("template_frames", call.options.template_frames,
                       "1 where several processes share the frames: activations reach beyond");
  }
}

/// Cells with weights and entries with a support are for multiplicative updates.
template <class T>
void check_updates(const FactorizeCall<T>& call) {
  const FactorizeProblem<T>& problem = call.problem;
  const Index k = call.options.num_components.value_or(kDefaultComponents);
  if (problem.weights) {
    check_shape("weights", problem.weights->bins(), problem.weights->frames(), call.v().bins(),
                call.v().frames());
  }
  const auto& [w, h] = std::pair(problem.w_support, problem.h_support);
  if (w.data != nullptr)
    check_shape("w_support", w.rows, w.cols, call.v().bins(), k * call.options.template_frames);
  if (h.data != nullptr) check_shape("h_support", h.rows, h.cols, k, call.v().frames());
  if (call.plain_cells()) return;
  const std::string with = " with weights of cells or a support of factors";
  if (call.options.solver == Solver::cd)
    throw bad_argument("solver", "cd" + with, "auto, fast or mu");
  if (call.options.product_precision == ProductPrecision::bf16)
    throw bad_argument("product_precision", "bf16" + with, "full");
}

template <class T>
void check_weights(const FactorizeCall<T>& call) {
  if (!call.problem.weights) return;
  const DataSource<T>& weights = *call.problem.weights;
  std::string fault;
  Matrix<T> scratch;
  for (Index n = 0; n < weights.frames() && fault.empty(); ++n) {
    const T* column = weights.block(n, 1, scratch).column(0);
    const T* bad = std::find_if(column, column + weights.bins(),
                                [](T x) { return !(x >= 0) || !std::isfinite(x); });
    if (bad == column + weights.bins()) continue;
    fault = "weights(" + std::to_string(bad - column) + ", " +
            std::to_string(weights.first_frame() + n) +
            ") = " + number_text(static_cast<double>(*bad)) +
            ", expected a finite number of 0 or more";
  }
  refuse_faulty(fault, call.reducer);
}

}  // namespace

template <class T>
void check_problem(const FactorizeCall<T>& call) {
  validate(call.options);
  check_precision<T>(call.options);
  if (call.v().bins() < 1 || call.v().all_frames() < 1)
    refuse("V", shape_text(call.v().bins(), call.v().frames()), "at least one bin and one frame");
  check_processes(call);
  check_updates(call);
  check_weights(call);
}

template void check_problem(const FactorizeCall<float>&);
template void check_problem(const FactorizeCall<double>&);

}  // namespace partwise::nmf
