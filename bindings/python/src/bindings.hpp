#pragma once
#include <pybind11/pybind11.h>

namespace partwise::python {

void bind_factorize(pybind11::module_& module);
void bind_options(pybind11::module_& module);
void bind_separation(pybind11::module_& module);
void bind_transforms(pybind11::module_& module);

}  // namespace partwise::python
