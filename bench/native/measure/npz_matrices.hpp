#pragma once
#include <partwise/factorize.hpp>
#include <string>

namespace partwise::bench {

/// "v" of an .npz of numpy, [frames x bins] there, one frame a column here.
[[nodiscard]] Matrix<float> read_data(const std::string& path);

/// "w" [bins x K] and "h" [K x frames]. Both throw Error.
[[nodiscard]] Factors<float> read_factors(const std::string& path);
void write_factors(const Factors<float>& factors, const std::string& path);

}  // namespace partwise::bench
