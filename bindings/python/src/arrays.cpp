#include "arrays.hpp"

namespace partwise::python {

namespace {

std::string words(const py::handle& object) { return py::str(object).cast<std::string>(); }

}  // namespace

std::string shape_text(const py::array& array) {
  std::string text = "(";
  for (py::ssize_t i = 0; i < array.ndim(); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(array.shape(i));
  }
  if (array.ndim() == 1) text += ",";
  return text + ") " + words(array.dtype());
}

void check_matrix(const py::array& array, const py::dtype& expected, const char* name) {
  if (!array.dtype().equal(expected)) {
    throw py::type_error(std::string(name) + " is " + shape_text(array) + ", expected " +
                         words(expected));
  }
  if (array.ndim() != 2) {
    throw py::value_error(std::string(name) + " is " + shape_text(array) +
                          ", expected two dimensions");
  }
}

}  // namespace partwise::python
