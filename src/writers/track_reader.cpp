#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <writers/track_reader.hpp>

namespace partwise {

Matrix<float> read_track(const RunContext& context, const RunTrack& track, Index first,
                         Index count) {
  const auto file = context.folder.open(track.file_name);
  // Decoders cut a range off to whole samples; half a sample more is the same range, whatever the
  // quotients are rounded to.
  const double rate_hz = context.signal.sample_rate_hz;
  const DecodeRange range{(static_cast<double>(first) + 0.5) / rate_hz,
                          (static_cast<double>(count) + 0.5) / rate_hz};
  DecodedAudio decoded = context.codecs.decode
                             ? context.codecs.decode(*file, range, context.control)
                             : decode_wav(*file, range, context.control);
  if (decoded.signal.num_samples() != count) {
    throw Error(ErrorCode::internal, track.file_name + " has " +
                                         std::to_string(decoded.signal.num_samples()) +
                                         " samples from " + std::to_string(first) +
                                         " on, expected " + std::to_string(count));
  }
  return std::move(decoded.signal.samples);
}

}  // namespace partwise
