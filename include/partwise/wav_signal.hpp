#pragma once
#include <memory>
#include <partwise/byte_stream.hpp>
#include <partwise/signal_source.hpp>

namespace partwise {

// --- library partwise_formats ------------------------------------------------------------------

/// WAV as a source of sound that reads and decodes the ranges that are asked for, so that memory
/// does not grow with the file. The samples are those of decode_wav(), NaN and Inf included. Throws
/// Error(malformed) for what is not sound or not supported; read() throws Error(cannot_read).
[[nodiscard]] std::unique_ptr<SignalSource> wav_signal(std::unique_ptr<ByteSource> bytes);

}  // namespace partwise
