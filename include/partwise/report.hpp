#pragma once
#include <cstdint>
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// An 8-bit picture of decibels over time and log-frequency: row 0 is the lowest frequency;
/// 0 is db_min, 255 is db_max. Empty (width = height = 0) where there is nothing to show.
struct SpectrogramPicture {
  /// Columns: equal shares of the T frames. Frame t is centred on t * duration_s / T, so the
  /// picture begins half a frame before time 0.
  Index width = 0;
  Index height = 0;  ///< rows, log-spaced over [hz_min, hz_max]
  double hz_min = 0;
  double hz_max = 0;
  double duration_s = 0;  ///< T * frame_seconds
  double db_min = 0;
  double db_max = 0;
  double reference =
      0;  ///< the magnitude that 0 dB stands for, in the units of V (its root, if power)
  std::vector<std::uint8_t> pixels;  ///< [height * width], row by row
};

/// One thing to listen to.
struct ReportTrack {
  std::string name;       ///< "part-00"
  std::string kind;       ///< "input", "part", "mix" or "residual"
  std::string file_name;  ///< beside the page; empty: there is none
  /// The sound in stretches, each a small file of its own (ReportAudio::codec). Empty: not in the
  /// page.
  std::vector<std::vector<std::byte>> segments;
  /// The lowest and the highest sample of equal shares of the length, one after the other: 127 is
  /// `peak`.
  std::vector<std::int8_t> outline;
  double peak = 0;  ///< largest absolute sample
};

/// What is to be heard, cut into stretches that a page can decode as it needs them.
struct ReportAudio {
  std::string codec = "none";  ///< "wav", "flac", "opus", "mp3", or "none": no sound in the page
  std::string media_type;
  bool lossless = false;  ///< samples come out as they went in, on a grid of 16 bits or as floats
  double sample_rate_hz =
      0;                  ///< of the stretches: an encoder may want another rate than the files'
  Index num_samples = 0;  ///< of one channel at that rate
  Index num_channels = 0;
  Index segment_samples =
      0;  ///< stretch i holds [i, i + 1) times this, and `lead_samples` beside it
  Index lead_samples =
      0;             ///< more on either side where there is more: what an encoder needs to settle
  double scale = 1;  ///< what a decoded sample is to be multiplied by
  std::uint64_t budget_bytes = 0;
  std::string note;  ///< what was given up for the size, in words; empty: nothing
  std::vector<ReportTrack> tracks;
};

/// Something that begins in a part.
struct ReportMark {
  double onset_s = 0;
  double offset_s = 0;
  double strength = 0;  ///< [0, 1]
  double pitch = 0;     ///< MIDI number; NaN: a hit
};

/// All that the page is made of: {summary, pictures, factors, events, audio}; docs/report-model.md
/// has the JSON that the page reads.
struct ReportModel {
  std::string summary_json;  ///< the text of summary.json (without `files`); empty: null
  SpectrogramPicture spectrogram;
  MatrixView<const float> w;  ///< [F x K]
  MatrixView<const float> h;  ///< [K x T]
  /// Where the K above are parts of several: W [F x R] and H [R x T] of all components. Else empty.
  MatrixView<const float> component_w;
  MatrixView<const float> component_h;
  double bin_hz = 0;
  double frame_seconds = 0;
  std::vector<double> objective;
  std::vector<std::vector<ReportMark>> marks;  ///< of every part; empty: nobody looked
  ReportAudio audio;
  std::string command;  ///< what to type to get the same again; empty: not known
};

/// V [F x T] (magnitudes for power = 1, their squares for 2) as a picture of at most max_width x
/// max_height: dB below the loudest cell shown, 80 dB deep, over log-frequency from 32.7 Hz (C1),
/// or bin 1 if higher, to the highest bin. A pixel is the loudest cell under it; in frequency it is
/// interpolated where bins are wider than pixels. Throws Error(usage) on arguments out of range.
/// Time O(F T), memory the picture and two columns.
[[nodiscard]] SpectrogramPicture make_spectrogram_picture(MatrixView<const float> v, int power,
                                                          double bin_hz, double frame_seconds,
                                                          Index max_width = 2048,
                                                          Index max_height = 512);

/// Writes one self-contained HTML page. Large factors are reduced to what a screen can show. Does
/// not call sink.finish(). Throws Error(usage) where shapes do not fit, and what the sink throws.
void write_report(const ReportModel& model, ByteSink& sink);

/// The same model as the JSON document that the page reads.
void write_report_model(const ReportModel& model, ByteSink& sink);

}  // namespace partwise
