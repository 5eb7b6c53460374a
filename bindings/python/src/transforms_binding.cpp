#include <pybind11/complex.h>
#include <pybind11/numpy.h>

#include <complex>
#include <partwise/stft.hpp>

#include "arrays.hpp"
#include "bindings.hpp"

namespace partwise::python {
namespace {

using Samples = py::array_t<float, py::array::c_style>;

/// [T x F]: its transpose is librosa's D [F x T], in librosa's memory order.
py::array stft_of(const Samples& y, Index n_fft, Index hop_length) {
  const StftOptions options{n_fft, hop_length};
  const std::span<const float> channel(y.data(), static_cast<std::size_t>(y.size()));
  Matrix<std::complex<float>> spectra;
  {
    const py::gil_scoped_release release;
    validate(options);
    spectra = stft<double>(channel, options);
  }
  return columns_as_rows(std::move(spectra));
}

py::array istft_of(const py::array& frames, Index n_fft, Index hop_length, Index length) {
  const auto spectra = rows_as_columns<std::complex<float>>(frames, "stft_matrix");
  const StftOptions options{n_fft, hop_length};
  auto samples = std::make_unique<std::vector<float>>();
  {
    const py::gil_scoped_release release;
    validate(options);
    *samples = istft<double>(spectra, options, length);
  }
  std::vector<float>* owned = samples.release();
  const py::capsule owner(owned, [](void* p) { delete static_cast<std::vector<float>*>(p); });
  return py::array(py::dtype::of<float>(), {owned->size()}, {sizeof(float)}, owned->data(), owner);
}

}  // namespace

void bind_transforms(py::module_& module) {
  module.def("stft", &stft_of, py::arg("y").noconvert(), py::kw_only(), py::arg("n_fft"),
             py::arg("hop_length"));
  module.def("istft", &istft_of, py::arg("frames"), py::kw_only(), py::arg("n_fft"),
             py::arg("hop_length"), py::arg("length"));
}

}  // namespace partwise::python
