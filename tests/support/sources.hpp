#pragma once
// Sources of sound for tests.
#include <memory>
#include <partwise/audio_file.hpp>
#include <partwise/wav_signal.hpp>
#include <support/memory_stream.hpp>

namespace partwise::test {

/// A signal as a float WAV that is read a range at a time.
inline std::unique_ptr<SignalSource> as_wav_source(const Signal& signal) {
  MemorySink sink;
  const auto encoder = wav_container().make_encoder(
      sink, {signal.sample_rate_hz, signal.num_channels(), signal.num_samples()});
  encoder->write(signal.samples);
  encoder->finish();
  return wav_signal(std::make_unique<MemorySource>(sink.bytes()));
}

}  // namespace partwise::test
