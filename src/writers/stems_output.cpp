// The files of sound: every part, mix, residual, and the input where it differs from the file.
#include <disk/file_sink.hpp>
#include <formats/sample_convert.hpp>
#include <options/sample_format.hpp>
#include <writers/output.hpp>
#include <writers/rows.hpp>
#include <writers/stems_check.hpp>

namespace partwise {
namespace {

/// One file of sound on its way to disk.
struct Stem {
  std::unique_ptr<FileSink> sink;
  std::unique_ptr<AudioEncoder> encoder;
};

/// A stem's tags; the stems of a recording without tags have none.
AudioTags stem_tags(const AudioTags& tags, const RunTrack& track) {
  AudioTags out = tags;
  if (track.kind == TrackKind::input || out == AudioTags{}) return out;
  out.title = out.title.empty() ? track.name : out.title + " - " + track.name;
  return out;
}

class StemsOutput final : public Output {
 public:
  explicit StemsOutput(const RunContext& context)
      : context_(context), format_(sample_format_of(context.options.format)) {
    const Signal& signal = context.signal;
    for (const RunTrack& track : context.tracks) {
      EncodeSpec spec{signal.sample_rate_hz, signal.num_channels(), signal.num_samples(), format_};
      spec.time_reference = context.time_reference;
      spec.tags = stem_tags(context.input.info.tags, track);
      Stem stem{context.folder.create(track.file_name), nullptr};
      stem.encoder = context.container.make_encoder(*stem.sink, spec);
      stems_.push_back(std::move(stem));
    }
  }

  void add(const RunBlock& block) override {
    const auto count = static_cast<Index>(stems_.size());
    context_.reducer.for_each((count + 1) / 2, [&](Index pair) {
      const Index first = 2 * pair;
      if (first + 1 < count) {
        put_both(first, block);
      } else {
        stems_[first].encoder->write(block.tracks[first]);
      }
    });
  }

  void close(RunResults& /*results*/, ClosingWork& work) override {
    // All before the first is waited for: what they have in common is then waited for once.
    for (const Stem& stem : stems_) stem.sink->start_writing();
    for (const Stem& stem : stems_) work.add_waiting([&stem] { stem.encoder->finish(); });
  }

  std::vector<std::string> finish(RunResults& /*results*/) override {
    std::vector<std::string> names;
    for (const RunTrack& track : context_.tracks) names.push_back(track.file_name);
    return names;
  }

 private:
  /// Encodes, hashes and writes the samples of two files side by side: hashing two takes little
  /// more time than one.
  void put_both(Index first, const RunBlock& block) const {
    const Stem& a = stems_[first];
    const Stem& b = stems_[first + 1];
    const MatrixView<const float> samples_a = block.tracks[first];
    const MatrixView<const float> samples_b = block.tracks[first + 1];
    const auto bytes = a.encoder->take_as_bytes(samples_a);
    if (!bytes.empty()) {
      FileSink::write_both(*a.sink, bytes, *b.sink, b.encoder->take_as_bytes(samples_b));
      return;
    }
    const Index count = samples_a.rows, most = most_buffered(samples_a.cols);
    for (Index at = 0; at < count; at += most) {
      const Index some = std::min(most, count - at);
      a.encoder->write(rows(samples_a, at, some));
      b.encoder->write(rows(samples_b, at, some));
      FileSink::flush_both(*a.sink, *b.sink);
    }
  }

  /// Samples of `channels` that a sink can gather before it writes.
  [[nodiscard]] Index most_buffered(Index channels) const {
    // A header, and what was left of a page, are in the buffer already.
    constexpr Index kRoomBytes = 8192;
    const Index bytes = channels * bytes_per_sample(format_);
    return std::max<Index>(1, (static_cast<Index>(FileSink::kBufferBytes) - kRoomBytes) / bytes);
  }

  const RunContext& context_;
  SampleFormat format_;
  std::vector<Stem> stems_;
};

}  // namespace

OutputSpec stems_output() {
  return {.name = "stems",
          .wanted = [](const RunOptions&) { return true; },
          .make = make_output<StemsOutput>,
          .check = check_stems};
}

}  // namespace partwise
