#include <pybind11/pybind11.h>

#include <partwise/error.hpp>
#include <partwise/version.hpp>

#include "bindings.hpp"

namespace {

namespace py = pybind11;

PyObject* exception_for(partwise::ErrorCode code) {
  using partwise::ErrorCode;
  switch (code) {
    case ErrorCode::usage:
    case ErrorCode::malformed:
    case ErrorCode::numerical:
      return PyExc_ValueError;
    case ErrorCode::resource_limit:
      return PyExc_MemoryError;
    case ErrorCode::cannot_read:
    case ErrorCode::cannot_write:
    case ErrorCode::network:
      return PyExc_OSError;
    case ErrorCode::stopped:
      return PyExc_KeyboardInterrupt;
    case ErrorCode::internal:
      break;
  }
  return PyExc_RuntimeError;
}

void translate(std::exception_ptr error) {
  try {
    if (error) std::rethrow_exception(error);
  } catch (const partwise::Error& e) {
    PyErr_SetString(exception_for(e.code()), e.what());
  }
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "What partwise's Python modules call; use those.";
  module.attr("__version__") = partwise::kVersion;
  py::register_local_exception_translator(translate);
  partwise::python::bind_factorize(module);
  partwise::python::bind_options(module);
  partwise::python::bind_separation(module);
  partwise::python::bind_transforms(module);
}
