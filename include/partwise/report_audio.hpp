#pragma once
#include <cstddef>
#include <functional>
#include <partwise/audio_file.hpp>
#include <partwise/byte_stream.hpp>
#include <partwise/matrix.hpp>
#include <partwise/run_control.hpp>
#include <partwise/signal.hpp>
#include <string>
#include <vector>

namespace partwise {

/// How a stretch of sound becomes a small file of its own, which a browser decodes.
struct SegmentCodec {
  std::string name;        ///< "flac"
  std::string media_type;  ///< "audio/flac"
  bool lossless = false;   ///< up to its grid
  bool on_grid = false;    ///< takes samples on the grid of 16 bits
  Index most_channels = 2;
  std::vector<double> rates_hz;  ///< what it takes; empty: any up to most_rate_hz
  double most_rate_hz = 0;
  double lead_seconds = 0;  ///< what it needs on either side to settle
  double least_bits = 0;    ///< a second and channel; 0: it has no choice
  double most_bits = 0;
  /// samples [count x channels] in [-1, 1]; bits a second of all channels. Throws
  /// Error(cannot_write).
  std::function<std::vector<std::byte>(MatrixView<const float> samples, double rate_hz,
                                       double bits)>
      encode;
};

/// What a writer of reports needs of the codecs; empty where they were left out of the build.
struct ReportCodecs {
  std::vector<SegmentCodec> segments;
  std::function<Signal(const Signal&, double rate_hz)> resample;
  /// The files of parts, whatever their format.
  std::function<DecodedAudio(ByteSource&, const DecodeRange&, const RunControl&)> decode;
};

// --- library partwise_codecs ---------------------------------------------------------------------

/// FLAC, Opus and MP3 with soxr to resample.
[[nodiscard]] ReportCodecs report_codecs();

}  // namespace partwise
