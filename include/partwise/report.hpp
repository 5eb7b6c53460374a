#pragma once
#include <partwise/byte_stream.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace partwise {

/// An 8-bit picture of decibels over time and log-frequency: row 0 is the lowest frequency;
/// 0 is db_min, 255 is db_max.
struct SpectrogramPicture {
  Index width = 0;   ///< columns, over [0, duration_s]
  Index height = 0;  ///< rows, log-spaced over [hz_min, hz_max]
  double hz_min = 0;
  double hz_max = 0;
  double duration_s = 0;
  double db_min = 0;
  double db_max = 0;
  std::vector<std::uint8_t> pixels;  ///< [height * width], row by row
};

/// One thing to listen to.
struct AudioTrack {
  std::string name;       ///< "part-00"
  std::string kind;       ///< "input", "part", "mix" or "residual"
  std::string file_name;  ///< beside the page
  /// Opens the file's bytes; they go into the page if all tracks fit into the budget.
  std::unique_ptr<ByteSource> source;
};

/// All that the page is made of: {summary, pictures, factors, audio}.
struct ReportModel {
  std::string summary_json;  ///< the text of summary.json (without `files`)
  SpectrogramPicture spectrogram;
  MatrixView<const float> w;  ///< [F x K]
  MatrixView<const float> h;  ///< [K x T]
  double bin_hz = 0;
  double frame_seconds = 0;
  std::vector<double> objective;
  std::vector<AudioTrack> audio;
};

/// Audio beyond this many bytes (as they stand in the page, base64) stays outside the page.
inline constexpr std::uint64_t kReportAudioBudgetBytes = 25'000'000;

/// V [F x T] as a picture of at most max_width x max_height: dB below the peak, 80 dB deep, over
/// log-frequency from 32.7 Hz (C1), or bin 1 if higher, to the highest bin. A pixel is the loudest
/// cell under it, or interpolated where cells are wider than pixels.
[[nodiscard]] SpectrogramPicture make_spectrogram_picture(MatrixView<const float> v, int power,
                                                          double bin_hz, double frame_seconds,
                                                          Index max_width = 1600,
                                                          Index max_height = 512);

/// Writes one self-contained HTML page. Does not call sink.finish().
void write_report(ReportModel& model, ByteSink& sink);

}  // namespace partwise
