#pragma once
#include <cstdint>
#include <memory>
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
  std::vector<std::uint8_t> pixels;  ///< [height * width], row by row
};

/// One thing to listen to.
struct AudioTrack {
  std::string name;       ///< "part-00"
  std::string kind;       ///< "input", "part", "mix" or "residual"
  std::string file_name;  ///< beside the page
  /// The file's bytes; they go into the page if all tracks fit into the budget. Null: a link.
  std::unique_ptr<ByteSource> source;
  /// false: there is no such file beside the page, so a link would lead nowhere: the bytes go into the
  /// page if they fit alone.
  bool beside_page = true;
};

/// All that the page is made of: {summary, pictures, factors, audio}; docs/report-model.md has the
/// JSON that the page reads.
struct ReportModel {
  std::string summary_json;  ///< the text of summary.json (without `files`); empty: null
  SpectrogramPicture spectrogram;
  MatrixView<const float> w;  ///< [F x K]
  MatrixView<const float> h;  ///< [K x T]
  double bin_hz = 0;
  double frame_seconds = 0;
  std::vector<double> objective;
  std::vector<AudioTrack> audio;
};

/// Where the audio of all tracks together takes more bytes than this in the page (as base64), all
/// of it stays outside and the page says so: the players read the files beside the page.
inline constexpr std::uint64_t kReportAudioBudgetBytes = 25'000'000;

/// V [F x T] (magnitudes for power = 1, their squares for 2) as a picture of at most max_width x
/// max_height: dB below the loudest cell shown, 80 dB deep, over log-frequency from 32.7 Hz (C1),
/// or bin 1 if higher, to the highest bin. A pixel is the loudest cell under it; in frequency it is
/// interpolated where bins are wider than pixels. Throws Error(usage) on arguments out of range.
/// Time O(F T), memory the picture and two columns.
[[nodiscard]] SpectrogramPicture make_spectrogram_picture(MatrixView<const float> v, int power,
                                                          double bin_hz, double frame_seconds,
                                                          Index max_width = 1600,
                                                          Index max_height = 512);

/// Writes one self-contained HTML page, audio in blocks: memory does not grow with it. Large
/// factors are reduced to what a screen can show. Reads the tracks' sources; does not call
/// sink.finish(). Throws Error(usage) where shapes do not fit, Error(cannot_read) where a source is
/// shorter than it said, and what the sink throws.
void write_report(ReportModel& model, ByteSink& sink);

}  // namespace partwise
