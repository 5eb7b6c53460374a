// fetch_address ADDRESS LOW_SPEED_SECONDS TOTAL_SECONDS MAX_BYTES: fetches with limits that the
// program does not offer; the exit code and standard error are those of the error.
#include <cstdio>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>
#include <string>

int main(int argc, char** argv) {
  using namespace partwise;
  if (argc != 5) return static_cast<int>(ErrorCode::usage);
  InputLimits limits;
  limits.low_speed_s = std::stod(argv[2]);
  limits.total_s = std::stod(argv[3]);
  limits.max_bytes = std::stoull(argv[4]);
  try {
    return fetch_address(argv[1], limits, RunControl{})->size() > 0 ? 0 : 1;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.code());
  }
}
