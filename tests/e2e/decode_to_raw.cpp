// decode_to_raw FILE OUT: any audio file as interleaved 32 bit floats; prints rate and channels.
#include <cstdio>
#include <fstream>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>

int main(int argc, char** argv) {
  using namespace partwise;
  if (argc != 3) return static_cast<int>(ErrorCode::usage);
  const auto source = open_file(argv[1]);
  const Signal signal = decode_audio(*source, {}, RunControl{}).signal;
  std::ofstream out(argv[2], std::ios::binary);
  for (Index i = 0; i < signal.num_samples(); ++i) {
    for (Index c = 0; c < signal.num_channels(); ++c) {
      out.write(reinterpret_cast<const char*>(&signal.samples(i, c)), sizeof(float));
    }
  }
  std::printf("%.0f %td\n", signal.sample_rate_hz, signal.num_channels());
  return out.flush() ? 0 : static_cast<int>(ErrorCode::cannot_write);
}
