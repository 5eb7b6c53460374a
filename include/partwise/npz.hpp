#pragma once
#include <cstdint>
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <string>
#include <variant>
#include <vector>

namespace partwise {

/// One member of an .npz: a numpy array in C order. shape {} is a 0-d array.
struct NpzArray {
  std::string name;  ///< without ".npy"
  std::vector<Index> shape;
  std::variant<std::vector<float>, std::vector<double>, std::vector<std::int32_t>,
               std::vector<std::int64_t>>
      values;
};

/// Writes arrays as numpy.load reads them: stored, no time stamps, no pickled objects, Zip64 where
/// needed. The same arrays give the same bytes. Does not call sink.finish().
void write_npz(const std::vector<NpzArray>& arrays, ByteSink& sink);

/// Reads numeric arrays (f4, f8, i4, i8, stored or deflated, either memory order; values come back
/// in C order): those named in `only`, or all if it is empty. Other members are not looked at.
/// Refuses anything else: object arrays, headers over 4 KiB, sizes that do not agree, wrong CRC,
/// duplicates, a name that is missing, more than `max_bytes` of values. Throws Error(malformed).
[[nodiscard]] std::vector<NpzArray> read_npz(ByteSource& source,
                                             const std::vector<std::string>& only = {},
                                             std::uint64_t max_bytes = std::uint64_t{4} << 30);

}  // namespace partwise
