#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>
#include <partwise/option_names.hpp>

#include "arrays.hpp"
#include "bindings.hpp"
#include "interruptible.hpp"
#include "separation.hpp"

namespace partwise::python {
namespace {

/// The samples of an array (channels, samples), converted to float as they are copied.
template <class T>
Matrix<float> samples_of(const py::array& y) {
  const MatrixView<const T> from = rows_as_columns<T>(y, "y");
  Matrix<float> to(from.rows, from.cols);
  for (Index c = 0; c < from.cols; ++c) {
    const T* x = from.column(c);
    std::transform(x, x + from.rows, to.column(c), [](T v) { return static_cast<float>(v); });
  }
  return to;
}

std::optional<Factors<float>> start_of(const py::object& w, const py::object& h) {
  if (w.is_none()) return std::nullopt;
  // As our columns: the templates are the rows of W's transpose.
  return Factors<float>{copy_of_rows<float>(w.attr("T").cast<py::array>(), "W.T"),
                        copy_of_rows<float>(h.attr("T").cast<py::array>(), "H.T")};
}

std::shared_ptr<Separation> separate_array(const py::array& y, double sr, const GivenValues& given,
                                           const py::object& w, const py::object& h,
                                           const py::object& progress) {
  Signal signal{
      y.dtype().equal(py::dtype::of<double>()) ? samples_of<double>(y) : samples_of<float>(y), sr};
  auto separation = std::make_shared<Separation>(std::move(signal), given, start_of(w, h));
  RunControl control;
  run_interruptibly(control, {py::none(), progress},
                    [&](const IterationCallback&) { separation->analyse(control); });
  return separation;
}

/// The columns of `matrix` as (channels, samples), or with `parts` as (parts, channels, samples).
py::array as_channels(Matrix<float>&& matrix, Index channels, bool parts) {
  auto* owned = new Matrix<float>(std::move(matrix));
  const py::capsule owner(owned, [](void* p) { delete static_cast<Matrix<float>*>(p); });
  constexpr auto size = static_cast<py::ssize_t>(sizeof(float));
  const py::ssize_t column = owned->stride() * size;
  std::vector<py::ssize_t> shape = {channels, owned->rows()};
  std::vector<py::ssize_t> strides = {column, size};
  if (parts) {
    shape.insert(shape.begin(), owned->cols() / channels);
    strides.insert(strides.begin(), channels * column);
  }
  return py::array(py::dtype::of<float>(), shape, strides, owned->data(), owner);
}

py::tuple sound_of(const Separation& separation, const py::object& progress) {
  Sound sound;
  RunControl control;
  run_interruptibly(control, {py::none(), progress},
                    [&](const IterationCallback&) { sound = separation.sound(control); });
  const Index channels = separation.run().signal().num_channels();
  return py::make_tuple(as_channels(std::move(sound.parts), channels, true),
                        as_channels(std::move(sound.mix), channels, false),
                        as_channels(std::move(sound.residual), channels, false));
}

/// The text of summary.json, and whether the report holds the sound itself.
std::pair<std::string, bool> write(const Separation& separation, const std::string& folder,
                                   const std::string& name, const GivenValues& given,
                                   bool report_alone, const py::object& progress) {
  WrittenRun written;
  RunControl control;
  run_interruptibly(control, {py::none(), progress}, [&](const IterationCallback&) {
    written = separation.write(folder, name, given, report_alone, control);
  });
  return {std::move(written.summary_json), written.report_has_sound};
}

py::list as_list(const std::vector<ComponentDescription>& descriptions) {
  py::list components;
  for (const ComponentDescription& found : descriptions) {
    py::dict component;
    component["peak_hz"] = found.peak_hz;
    component["note"] = found.note;
    component["energy_share"] = found.energy_share;
    component["first_onset_s"] = found.first_onset_s;
    components.append(std::move(component));
  }
  return components;
}

std::vector<std::string> warnings(const Separation& separation) {
  std::vector<std::string> texts;
  for (const Message& warning : separation.run().analysis().warnings) {
    texts.push_back(warning.text(python_name_of));
  }
  return texts;
}

/// The options in force: long name -> value.
py::dict options_of_run(const Separation& separation) {
  RunOptions options = separation.run().options();
  options.analysis = separation.run().analysis().options;
  py::dict out;
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    out[py::str(std::string(spec->name))] = spec->get(options);
  }
  return out;
}

py::object self_of(const Separation& separation) {
  return py::cast(&separation, py::return_value_policy::reference);
}

}  // namespace

void bind_separation(py::module_& module) {
  py::class_<Separation, std::shared_ptr<Separation>>(module, "Separation")
      .def_property_readonly(
          "w", [](const Separation& s) { return shown_matrix(s.run().analysis().w, self_of(s)); })
      .def_property_readonly(
          "h", [](const Separation& s) { return shown_matrix(s.run().analysis().h, self_of(s)); })
      .def_property_readonly("spectrogram",
                             [](const Separation& s) {
                               return shown_matrix(s.run().analysis().spectrogram, self_of(s));
                             })
      .def_property_readonly("objective",
                             [](const Separation& s) {
                               const auto& trace = s.run().analysis().objective;
                               return py::array_t<double>(static_cast<py::ssize_t>(trace.size()),
                                                          trace.data());
                             })
      .def_property_readonly("bin_hz",
                             [](const Separation& s) { return s.run().analysis().bin_hz(); })
      .def_property_readonly("frame_seconds",
                             [](const Separation& s) { return s.run().analysis().frame_seconds(); })
      .def_property_readonly("iterations",
                             [](const Separation& s) { return s.run().analysis().iterations; })
      .def_property_readonly("warnings", &warnings)
      .def_property_readonly("names", [](const Separation& s) { return s.parts().names; })
      .def_property_readonly("num_samples",
                             [](const Separation& s) { return s.run().signal().num_samples(); })
      .def_property_readonly("groups", [](const Separation& s) { return s.parts().groups; })
      .def_property_readonly(
          "part_w",
          [](const Separation& s) { return shown_matrix(s.parts().factors.w, self_of(s)); })
      .def_property_readonly(
          "part_h",
          [](const Separation& s) { return shown_matrix(s.parts().factors.h, self_of(s)); })
      .def_property_readonly(
          "components", [](const Separation& s) { return as_list(s.run().analysis().components); })
      .def_property_readonly("descriptions",
                             [](const Separation& s) { return as_list(s.parts().descriptions); })
      .def_property_readonly("options", &options_of_run)
      .def("sound", &sound_of, py::arg("progress") = py::none())
      .def("write", &write, py::arg("folder"), py::arg("name"), py::arg("given"),
           py::arg("report_alone") = false, py::arg("progress") = py::none());
  module.def("separate", &separate_array, py::arg("y"), py::arg("sr"), py::arg("given"),
             py::arg("w") = py::none(), py::arg("h") = py::none(),
             py::arg("progress") = py::none());
}

}  // namespace partwise::python
