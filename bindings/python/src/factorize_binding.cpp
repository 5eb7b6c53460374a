#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <algorithm>
#include <array>
#include <partwise/factorize.hpp>
#include <string>

#include "arrays.hpp"
#include "bindings.hpp"
#include "interruptible.hpp"

namespace partwise::python {
namespace {

template <class E>
E named(const std::string& name, const char* what) {
  if (const auto value = enum_value<E>(name)) return *value;
  std::string all;
  for (const std::string_view word : kEnumWords<E>)
    all += (all.empty() ? "" : ", ") + std::string(word);
  throw py::value_error(std::string(what) + " = '" + name + "', expected one of " + all);
}

// A thread is worth starting for so many products of one iteration: about a millisecond of them.
constexpr double kProductsAThread = 4e6;
// factorize() cuts its frames into at most so many pieces.
constexpr int kMostThreads = 16;

int threads_for(int asked, Index cells, Index num_components) {
  if (asked > 0) return asked;
  const double worth =
      static_cast<double>(cells) * static_cast<double>(num_components) / kProductsAThread;
  const int most = std::min(available_threads(), kMostThreads);
  return static_cast<int>(std::clamp(worth, 1.0, static_cast<double>(most)));
}

struct Request {
  FactorizeOptions options;
  int threads = 0;
  py::object w, h, callback;
};

template <class T>
py::dict factorize_rows(const py::array& x, const Request& request) {
  const MatrixView<const T> v = rows_as_columns<T>(x, "x");
  Factors<T> given;
  const bool from_given = request.options.start == Start::given;
  if (from_given) {
    given.h = copy_of_rows<T>(py::cast<py::array>(request.w), "w");
    given.w = copy_of_rows<T>(py::cast<py::array>(request.h), "h");
  }
  FactorizeResult<T> result;
  RunControl control;
  run_interruptibly(
      control, {request.callback, py::none()}, [&](const IterationCallback& on_iteration) {
        Reducer reducer(
            threads_for(request.threads, v.rows * v.cols, *request.options.num_components));
        result = factorize<T>(v, request.options, from_given ? &given : nullptr, reducer, control,
                              on_iteration);
      });
  py::dict out;
  out["w"] = columns_as_rows(std::move(result.factors.h));
  out["h"] = columns_as_rows(std::move(result.factors.w));
  out["objective"] = py::array_t<double>(static_cast<py::ssize_t>(result.objective.size()),
                                         result.objective.data());
  out["iterations"] = result.iterations;
  out["stop_reason"] = enum_word(result.stop_reason);
  out["solver"] = enum_word(result.solver);
  return out;
}

py::dict factorize_array(const py::array& x, Index n_components, const py::object& w,
                         const py::object& h, double beta, const std::string& solver,
                         const std::string& start, bool w_first, Index max_iter, double tol,
                         std::uint32_t seed, const std::array<double, 4>& penalties,
                         const std::vector<bool>& fixed, bool normalize, int threads,
                         const py::object& callback) {
  Request request;
  request.threads = threads;
  request.w = w;
  request.h = h;
  request.callback = callback;
  FactorizeOptions& options = request.options;
  options.num_components = n_components;
  options.beta = beta;
  options.solver = named<Solver>(solver, "solver");
  options.start = named<Start>(start, "start");
  // An array's rows are our frames, so its W [N x K] is our H.
  options.order = w_first ? UpdateOrder::h_first : UpdateOrder::w_first;
  options.max_iterations = max_iter;
  options.tolerance = tol;
  options.seed = seed;
  options.penalties = {penalties[2], penalties[3], penalties[0], penalties[1]};
  options.fixed_columns = fixed;
  options.normalize = normalize;
  return x.dtype().equal(py::dtype::of<double>()) ? factorize_rows<double>(x, request)
                                                  : factorize_rows<float>(x, request);
}

}  // namespace

void bind_factorize(py::module_& module) {
  module.def("factorize", &factorize_array,
             "x [N x F] ~= w [N x K] h [K x F]; what partwise.NMF and separate() call.\n\n"
             "penalties: l1 and l2 of w, then of h. fixed: rows of h that stay as they are given.",
             py::arg("x"), py::kw_only(), py::arg("n_components"), py::arg("w") = py::none(),
             py::arg("h") = py::none(), py::arg("beta") = 2.0, py::arg("solver") = "auto",
             py::arg("start") = "auto", py::arg("w_first") = true, py::arg("max_iter") = 200,
             py::arg("tol") = 1e-4, py::arg("seed") = 0,
             py::arg("penalties") = std::array<double, 4>{}, py::arg("fixed") = std::vector<bool>{},
             py::arg("normalize") = false, py::arg("threads") = 0,
             py::arg("callback") = py::none());
}

}  // namespace partwise::python
