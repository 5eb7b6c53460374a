#include <pybind11/stl.h>

#include <partwise/option_names.hpp>
#include <partwise/run_options.hpp>

#include "bindings.hpp"

namespace partwise::python {
namespace {

namespace py = pybind11;

/// The option table's rows for a recording that is taken apart, as dictionaries.
py::list options() {
  py::list rows;
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    py::dict row;
    row["name"] = spec->name;
    row["python_name"] = spec->python_name;
    row["group"] = spec->group;
    row["value"] = spec->value_name;
    row["range"] = spec->range;
    row["default"] = spec->default_text;
    row["default_value"] = spec->default_value;
    row["help"] = help_of(*spec).text(python_name_of);
    row["words"] = spec->use.words;
    rows.append(std::move(row));
  }
  return rows;
}

}  // namespace

void bind_options(py::module_& module) { module.def("options", &options); }

}  // namespace partwise::python
