// A sound file into parts: 03_separate_file IN OUT_PREFIX [K] writes OUT_PREFIX-0.wav, ...
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <partwise/audio_file.hpp>
#include <partwise/decompose.hpp>
#include <partwise/error.hpp>
#include <string>
#include <vector>

namespace {

using namespace partwise;

/// Where bytes go to is the caller's choice; here it is a file.
class FileSink : public ByteSink {
 public:
  explicit FileSink(const std::string& path) : stream_(path, std::ios::binary) {}
  void write(std::span<const std::byte> bytes) override {
    stream_.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
    check();
  }
  void finish() override {
    stream_.close();
    check();
  }

 private:
  void check() const {
    if (!stream_) throw Error(ErrorCode::cannot_write, "cannot write a part");
  }
  std::ofstream stream_;
};

void separate_file(const std::string& in, const std::string& prefix, Index num_components) {
  const RunControl control;
  Reducer reducer(available_threads());

  const auto source = open_file(in);
  const DecodedAudio audio = decode_audio(*source, {}, control);

  AnalysisOptions options;
  options.factorize.num_components = num_components;
  const Analysis analysis = analyse(audio.signal, options, nullptr, reducer, control);

  const Container wav = wav_container();
  const EncodeSpec spec{audio.signal.sample_rate_hz, audio.signal.num_channels(),
                        audio.signal.num_samples(), SampleFormat::float32};
  std::vector<std::unique_ptr<FileSink>> sinks;
  std::vector<std::unique_ptr<AudioEncoder>> encoders;
  for (Index k = 0; k < num_components; ++k) {
    sinks.push_back(std::make_unique<FileSink>(prefix + "-" + std::to_string(k) + ".wav"));
    encoders.push_back(wav.make_encoder(*sinks.back(), spec));
  }
  resynthesise(audio.signal, analysis, reducer, control, [&](const PartsBlock& block) {
    for (std::size_t k = 0; k < encoders.size(); ++k) encoders[k]->write(block.parts[k]);
  });
  for (auto& encoder : encoders) encoder->finish();

  for (const auto& component : analysis.components) {
    std::printf("%8.1f Hz %-4s %5.1f %% of the energy, from %.2f s\n", component.peak_hz,
                component.note.c_str(), 100 * component.energy_share, component.first_onset_s);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: 03_separate_file IN OUT_PREFIX [K]\n");
    return static_cast<int>(ErrorCode::usage);
  }
  try {
    separate_file(argv[1], argv[2], argc > 3 ? std::atoi(argv[3]) : 6);
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.code());
  }
}
