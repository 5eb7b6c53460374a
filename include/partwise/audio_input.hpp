#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <partwise/byte_stream.hpp>
#include <partwise/input_name.hpp>
#include <partwise/run_control.hpp>
#include <string>

namespace partwise {

/// What bringing in an input may take. All of it is kept in memory, for decoders go back and forth.
struct InputLimits {
  std::uint64_t max_bytes = std::numeric_limits<std::uint64_t>::max();
  double connect_s = 30;            ///< until a server answers the call
  double total_s = 3600;            ///< for an address, redirects included
  double low_speed_bytes_s = 1000;  ///< slower than this ...
  double low_speed_s = 30;          ///< ... for so long is given up
};

// --- library partwise_files --------------------------------------------------------------------

/// All that standard input gives, to its end; a file there is read in place. `stop` ends the wait.
/// Throws Error(cannot_read), Error(resource_limit), Error(stopped).
[[nodiscard]] std::unique_ptr<ByteSource> read_standard_input(const InputLimits& limits,
                                                              const RunControl& control);

/// The machine's memory that this process may use: what is built in or what its limits and its
/// control group leave, whichever is least, in bytes.
[[nodiscard]] std::uint64_t usable_memory_bytes();

// --- library partwise_codecs -------------------------------------------------------------------

/// Fetches an http or https address by libcurl, which is loaded now: one GET, TLS verified, at most
/// five redirects, which may neither lead from a public to a private, loopback or link-local
/// address nor from https to http; no proxy, no .netrc, no cookies. Reports Stage::fetch. What is
/// in the address before its host or behind its path is never in a message. Throws Error(usage),
/// Error(network), Error(resource_limit), Error(stopped).
[[nodiscard]] std::unique_ptr<ByteSource> fetch_address(const std::string& address,
                                                        const InputLimits& limits,
                                                        const RunControl& control);

/// open_file(), read_standard_input() or fetch_address(), as input_kind() says.
[[nodiscard]] std::unique_ptr<ByteSource> open_input(const std::string& input,
                                                     const InputLimits& limits,
                                                     const RunControl& control);

}  // namespace partwise
