#pragma once
#include <cstdint>
#include <optional>
#include <partwise/report.hpp>
#include <string>
#include <vector>
#include <writers/outline_meter.hpp>
#include <writers/output.hpp>
#include <writers/parts_window.hpp>
#include <writers/sound_attempt.hpp>
#include <writers/sound_choice.hpp>

namespace partwise {

/// The recording and its parts as segments for the page, in at most a budget of base64: encoded
/// from the parts as they pass by, on the grid of their files, one segment of every part at a time.
/// Where nothing fits, the tracks are links.
///
/// Without loss and too large: the rest of the stream is encoded in the next quality at once. What
/// had passed by already is read back from the files when they are complete; so is the whole where
/// a lossy codec missed its bit rate, and what came before a part that turned out louder than full
/// scale. Memory: a segment of every part (SegmentPlan), and what is encoded.
class PageSound {
 public:
  /// Throws Error(usage) where an encoder is asked for that is not in the build.
  PageSound(const RunContext& context, std::uint64_t budget_bytes);

  void add(const RunBlock& block);
  /// After the last block.
  void end_stream();
  /// Once the files of the tracks are complete.
  [[nodiscard]] ReportAudio finish();

 private:
  [[nodiscard]] Index num_parts() const { return static_cast<Index>(context_.part_names.size()); }
  [[nodiscard]] bool too_large() const { return attempt_->bytes() > budget_; }

  /// Begins an attempt with what the window holds; goes on to the next where it fails at once.
  void start(std::optional<SoundChoice::Trial> trial);
  void begin_attempt(const SoundChoice::Trial& trial);
  [[nodiscard]] double scale_for(const SegmentCodec& codec) const;
  void measure(const RunBlock& block, std::span<const MatrixView<const float>> parts);
  /// Encodes the segments that the window holds.
  void encode_ready();
  /// Encodes the segments that had passed by when the attempt began.
  void encode_from_files();
  /// What the attempt takes, judged by what is encoded.
  [[nodiscard]] double needed_bytes() const;

  [[nodiscard]] ReportTrack track_of(const RunTrack& track) const;
  [[nodiscard]] ReportAudio encoded();
  [[nodiscard]] ReportAudio links() const;

  const RunContext& context_;
  double budget_;
  SegmentCodecs codecs_;
  SoundChoice choice_;
  std::string note_;
  Index num_channels_ = 1;  // of the page's sound
  std::vector<OutlineMeter> outlines_;
  std::optional<PartsWindow> window_;
  double peak_ = 0;  // of the recording and all parts so far
  std::optional<SoundAttempt> attempt_;
  std::optional<SoundChoice::Trial> trial_;
  Index first_streamed_ = 0;  // segments before it are encoded from the files
  Index next_ = 0;            // the segment that is encoded next
};

}  // namespace partwise
