#pragma once
#include <cstdint>
#include <disk/file_sink.hpp>
#include <disk/staged_folder.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <partwise/audio_file.hpp>
#include <partwise/reducer.hpp>
#include <partwise/separate.hpp>
#include <partwise/signal.hpp>
#include <string>
#include <vector>
#include <writers/level.hpp>
#include <writers/part_names.hpp>
#include <writers/sample_grid.hpp>

namespace partwise {

/// One file of sound on its way to disk.
struct StemFile {
  std::string name;       ///< "part-00", or the name that was given
  std::string kind;       ///< "part", "mix", "residual" or "input"
  std::string file_name;  ///< "part-00.wav"
  std::unique_ptr<FileSink> sink;
  std::unique_ptr<AudioEncoder> encoder;
  LevelMeter level;                 ///< of parts and residual
  Index clipped = 0;                ///< samples that did not fit into an integer format
  Matrix<float> block;              ///< the stretch being written, where nobody else holds it
  MatrixView<const float> samples;  ///< the stretch being written, on the format's grid
};

/// What the files of sound are called, and what they say of themselves.
struct StemsSpec {
  std::vector<PartName> parts;
  bool with_input = false;
  SampleFormat format = SampleFormat::float32;
  AudioTags tags;  ///< of the recording; the title of a stem is "title - name"
  std::optional<std::uint64_t> time_reference;
};

/// Writes parts, mix, residual and, if wanted, input as their blocks arrive. The residual is the
/// signal minus the sum of the parts as written, in double, so that they add up exactly.
class StemsWriter {
 public:
  StemsWriter(StagedFolder& folder, const Signal& signal, const StemsSpec& spec,
              const Container& container, Reducer& reducer);

  void write(const PartsBlock& block);
  /// Completes every file, and runs `beside` while disks are waited for.
  void finish(const std::vector<std::function<void()>>& beside);

  /// Parts in order, then mix, residual, and input if it is written.
  [[nodiscard]] const std::vector<StemFile>& files() const { return files_; }
  [[nodiscard]] Index num_parts() const { return num_parts_; }
  [[nodiscard]] const StemFile& mix() const { return files_[num_parts_]; }
  [[nodiscard]] const StemFile& residual() const { return files_[num_parts_ + 1]; }
  /// RMS of the signal itself.
  [[nodiscard]] double signal_rms() const { return signal_level_.rms(); }

 private:
  struct SliceFacts;

  void add(const PartName& name, const std::string& kind, const AudioTags& tags);
  /// Where each file's samples of a block come from, or are put.
  void place_samples(const PartsBlock& block);
  /// Rows [first, first + count) of a block: rounds, sums and measures them.
  void make_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts);
  void round_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts);
  void sum_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts);
  /// Encodes, hashes and writes the samples of one file, or of two side by side.
  void put(StemFile& file, StemFile* other);
  /// The same where samples are their own encoding; false where they are not.
  static bool put_as_bytes(StemFile& file, StemFile& other);

  [[nodiscard]] bool has_input() const {
    return static_cast<Index>(files_.size()) > num_parts_ + 2;
  }

  StagedFolder& folder_;
  const Signal& signal_;
  Index num_parts_;
  SampleGrid grid_;
  EncodeSpec spec_;
  const Container& container_;
  Reducer& reducer_;
  std::vector<StemFile> files_;
  LevelMeter signal_level_;
};

}  // namespace partwise
