#pragma once
#include <cstdint>
#include <memory>
#include <partwise/byte_stream.hpp>
#include <partwise/signal.hpp>

namespace partwise {

/// The bytes of a float32 WAV of `signal`, in memory.
[[nodiscard]] std::unique_ptr<ByteSource> encode_in_memory(const Signal& signal);

/// About how many bytes that would be.
[[nodiscard]] std::uint64_t encoded_bytes(const Signal& signal);

}  // namespace partwise
