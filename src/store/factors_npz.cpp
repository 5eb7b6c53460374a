#include <partwise/outputs.hpp>
#include <store/factors_npz.hpp>
#include <type_traits>
#include <utility>
#include <variant>

namespace partwise {
namespace {

NpzArray array_of(const std::string& name, const Matrix<float>& m) {
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(m.rows() * m.cols()));
  for (Index r = 0; r < m.rows(); ++r) {
    for (Index c = 0; c < m.cols(); ++c) values.push_back(m(r, c));
  }
  return {name, {m.rows(), m.cols()}, std::move(values)};
}

NpzArray ramp(const std::string& name, Index count, double step) {
  std::vector<double> values(static_cast<std::size_t>(count));
  for (Index i = 0; i < count; ++i) values[i] = static_cast<double>(i) * step;
  return {name, {count}, std::move(values)};
}

/// The part of each component [K].
NpzArray part_of_components(const Analysis& analysis) {
  const PartGroups groups = part_groups(analysis.options.separate.groups, analysis.w.cols());
  std::vector<std::int64_t> part_of(static_cast<std::size_t>(analysis.w.cols()));
  for (std::size_t part = 0; part < groups.size(); ++part) {
    for (const Index k : groups[part]) part_of[k] = static_cast<std::int64_t>(part);
  }
  return {"part_of_component", {analysis.w.cols()}, std::move(part_of)};
}

NpzArray integers(const std::string& name, const std::vector<Index>& values) {
  return {name,
          {static_cast<Index>(values.size())},
          std::vector<std::int64_t>(values.begin(), values.end())};
}

Matrix<float> matrix_of(const NpzArray& array, const std::string& path) {
  if (array.shape.size() != 2) {
    throw Error(ErrorCode::malformed, path + ": array " + array.name + " has " +
                                          std::to_string(array.shape.size()) +
                                          " dimensions, expected 2");
  }
  Matrix<float> out(array.shape[0], array.shape[1]);
  std::visit(
      [&](const auto& values) {
        for (Index r = 0; r < out.rows(); ++r) {
          for (Index c = 0; c < out.cols(); ++c)
            out(r, c) = static_cast<float>(values[r * out.cols() + c]);
        }
      },
      array.values);
  return out;
}

}  // namespace

std::vector<NpzArray> factors_arrays(const Analysis& analysis) {
  std::vector<NpzArray> arrays;
  arrays.push_back(array_of("W", analysis.w));
  arrays.push_back(array_of("H", analysis.h));
  arrays.push_back(ramp("frequencies_hz", analysis.w.rows(), analysis.bin_hz()));
  arrays.push_back(ramp("times_s", analysis.h.cols(), analysis.frame_seconds()));
  arrays.push_back(
      {"objective", {static_cast<Index>(analysis.objective.size())}, analysis.objective});
  arrays.push_back({"sample_rate_hz", {}, std::vector<double>{analysis.sample_rate_hz}});
  arrays.push_back({"n_fft", {}, std::vector<std::int64_t>{analysis.stft().n_fft}});
  arrays.push_back({"hop_length", {}, std::vector<std::int64_t>{analysis.stft().hop_length}});
  if (analysis.parts.gathered()) arrays.push_back(part_of_components(analysis));
  const PartRefinement& refinement = analysis.parts.refinement;
  if (!refinement.empty()) {
    arrays.push_back(array_of("W_refined", refinement.factors.w));
    arrays.push_back(array_of("H_refined", refinement.factors.h));
    arrays.push_back(integers("refined_part_of_component", refinement.part_of));
  }
  return arrays;
}

Factors<float> load_factors(const std::string& path) {
  const auto source = open_file(path);
  const auto arrays = read_npz(*source, {"W", "H"});
  Factors<float> factors;
  for (const NpzArray& array : arrays) {
    (array.name == "W" ? factors.w : factors.h) = matrix_of(array, path);
  }
  return factors;
}

void read_stored_factors(const std::string& path, Factors<float>& factors,
                         std::vector<double>& objective) {
  const auto source = open_file(path);
  for (NpzArray& array : read_npz(*source, {"W", "H", "objective"})) {
    if (array.name == "W") factors.w = matrix_of(array, path);
    if (array.name == "H") factors.h = matrix_of(array, path);
    if (array.name != "objective") continue;
    auto* values = std::get_if<std::vector<double>>(&array.values);
    if (values == nullptr || values->empty()) {
      throw Error(ErrorCode::malformed,
                  path + ": array objective is empty or not of float64, expected a number or more");
    }
    objective = std::move(*values);
  }
}

PartRefinement read_stored_refinement(const std::string& path) {
  const auto source = open_file(path);
  PartRefinement out;
  for (const NpzArray& array :
       read_npz(*source, {"W_refined", "H_refined", "refined_part_of_component"})) {
    if (array.name == "W_refined") out.factors.w = matrix_of(array, path);
    if (array.name == "H_refined") out.factors.h = matrix_of(array, path);
    if (array.name != "refined_part_of_component") continue;
    const auto* values = std::get_if<std::vector<std::int64_t>>(&array.values);
    if (values == nullptr || values->empty()) {
      throw Error(ErrorCode::malformed, path + ": array " + array.name +
                                            " is empty or not of int64, expected a number or more");
    }
    out.part_of.assign(values->begin(), values->end());
  }
  return out;
}

}  // namespace partwise
