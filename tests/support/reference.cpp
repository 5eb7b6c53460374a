#include <cstdlib>
#include <filesystem>
#include <partwise/audio_file.hpp>
#include <stdexcept>
#include <support/reference.hpp>

namespace partwise::test {
namespace {

template <class T>
Matrix<T> to_matrix(const NpzArray& array) {
  if (array.shape.size() != 2) throw std::runtime_error(array.name + " is not 2-d");
  Matrix<T> out(array.shape[0], array.shape[1]);
  std::visit(
      [&](const auto& values) {
        for (Index r = 0; r < out.rows(); ++r) {
          for (Index c = 0; c < out.cols(); ++c)
            out(r, c) = static_cast<T>(values[r * out.cols() + c]);
        }
      },
      array.values);
  return out;
}

}  // namespace

std::string source_path(const std::string& name) {
  return std::string(PARTWISE_SOURCE_DIR) + "/" + name;
}

std::string data_path(const std::string& name) {
  return std::string(PARTWISE_TEST_DATA) + "/" + name;
}

std::optional<std::string> shared_path(const std::string& name) {
  const char* set = std::getenv("PARTWISE_SHARED");
  const std::string root = set != nullptr ? set : std::string(PARTWISE_SOURCE_DIR) + "/../shared";
  std::string path = root + "/" + name;
  if (!std::filesystem::exists(path)) return std::nullopt;
  return path;
}

Arrays::Arrays(const std::string& path) : path_(path) {}

NpzArray Arrays::get(const std::string& name) const {
  const auto source = open_file(path_);
  return read_npz(*source, {name}).at(0);
}

Matrix<double> Arrays::matrix(const std::string& name) const {
  return to_matrix<double>(get(name));
}
Matrix<float> Arrays::matrix_float(const std::string& name) const {
  return to_matrix<float>(get(name));
}

std::vector<double> Arrays::vector(const std::string& name) const {
  const NpzArray array = get(name);
  return std::visit([](const auto& v) { return std::vector<double>(v.begin(), v.end()); },
                    array.values);
}

double Arrays::scalar(const std::string& name) const { return vector(name).at(0); }

}  // namespace partwise::test
