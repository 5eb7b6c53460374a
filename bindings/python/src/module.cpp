#include <pybind11/pybind11.h>

#include <partwise/display_text.hpp>
#include <partwise/error.hpp>
#include <partwise/option_names.hpp>
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

/// Raises the exception of Python for an error, in Python's names of options. One about an argument
/// has argument, value and expected as attributes.
void raise(const partwise::Error& error) {
  using partwise::display_text;
  using partwise::python_name_of;
  const auto type = py::reinterpret_borrow<py::object>(exception_for(error.code()));
  py::object exception = type(display_text(error.text(python_name_of)));
  if (error.is_about_argument()) {
    exception.attr("argument") = python_name_of(error.argument());
    exception.attr("value") = display_text(error.value());
    exception.attr("expected") = display_text(error.expected().text(python_name_of));
  }
  PyErr_SetObject(type.ptr(), exception.ptr());
}

void translate(std::exception_ptr error) {
  try {
    if (error) std::rethrow_exception(error);
  } catch (const partwise::Error& e) {
    raise(e);
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
