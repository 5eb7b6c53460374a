#pragma once
// Reference arrays: in tests/data, or in the folder of shared data beside the checkout.
#include <optional>
#include <partwise/matrix.hpp>
#include <partwise/npz.hpp>
#include <string>

namespace partwise::test {

/// The path of a file of the project.
std::string source_path(const std::string& name);

/// The path of a file in tests/data.
std::string data_path(const std::string& name);

/// The path of a file in the shared folder (PARTWISE_SHARED, or ../shared beside the checkout), or
/// nothing where it is not there.
std::optional<std::string> shared_path(const std::string& name);

/// The arrays of an .npz by name.
class Arrays {
 public:
  explicit Arrays(const std::string& path);
  [[nodiscard]] NpzArray get(const std::string& name) const;  ///< throws if absent
  /// A 2-d array as matrix [rows x cols].
  [[nodiscard]] Matrix<double> matrix(const std::string& name) const;
  [[nodiscard]] Matrix<float> matrix_float(const std::string& name) const;
  [[nodiscard]] std::vector<double> vector(const std::string& name) const;
  [[nodiscard]] double scalar(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace partwise::test
