#include <algorithm>
#include <fstream>
#include <measure/npz_matrices.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <partwise/npz.hpp>
#include <utility>

namespace partwise::bench {
namespace {

/// A sink that only the tables of results are read from: nothing is synced.
class StreamSink : public ByteSink {
 public:
  explicit StreamSink(const std::string& path) : path_(path), file_(path, std::ios::binary) {}
  void write(std::span<const std::byte> bytes) override {
    file_.write(reinterpret_cast<const char*>(bytes.data()),
                static_cast<std::streamsize>(bytes.size()));
  }
  void finish() override {
    file_.close();
    if (!file_) throw Error(ErrorCode::cannot_write, path_ + ": cannot write");
  }

 private:
  std::string path_;
  std::ofstream file_;
};

const std::vector<float>& floats(const NpzArray& array) {
  if (array.shape.size() != 2 || !std::holds_alternative<std::vector<float>>(array.values)) {
    throw Error(ErrorCode::malformed, array.name + " is no matrix of float32");
  }
  return std::get<std::vector<float>>(array.values);
}

/// Row by row there, column by column here.
Matrix<float> turned(const NpzArray& array) {
  const std::vector<float>& values = floats(array);
  Matrix<float> out(array.shape[0], array.shape[1]);
  for (Index r = 0; r < out.rows(); ++r) {
    for (Index c = 0; c < out.cols(); ++c) out(r, c) = values[r * out.cols() + c];
  }
  return out;
}

NpzArray turned(const Matrix<float>& matrix, const char* name) {
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(matrix.rows() * matrix.cols()));
  for (Index r = 0; r < matrix.rows(); ++r) {
    for (Index c = 0; c < matrix.cols(); ++c) values.push_back(matrix(r, c));
  }
  return {name, {matrix.rows(), matrix.cols()}, std::move(values)};
}

}  // namespace

Matrix<float> read_data(const std::string& path) {
  const auto file = open_file(path);
  const std::vector<NpzArray> arrays = read_npz(*file, {"v"});
  const std::vector<float>& values = floats(arrays.front());
  Matrix<float> out(arrays.front().shape[1], arrays.front().shape[0]);
  for (Index t = 0; t < out.cols(); ++t) {
    std::copy_n(values.begin() + t * out.rows(), out.rows(), out.column(t));
  }
  return out;
}

Factors<float> read_factors(const std::string& path) {
  const auto file = open_file(path);
  const std::vector<NpzArray> arrays = read_npz(*file, {"w", "h"});
  const auto named = [&](const char* name) -> const NpzArray& {
    return *std::find_if(arrays.begin(), arrays.end(),
                         [&](const NpzArray& array) { return array.name == name; });
  };
  return {turned(named("w")), turned(named("h"))};
}

void write_factors(const Factors<float>& factors, const std::string& path) {
  StreamSink sink(path);
  write_npz({turned(factors.w, "w"), turned(factors.h, "h")}, sink);
  sink.finish();
}

}  // namespace partwise::bench
