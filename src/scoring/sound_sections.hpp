#pragma once
#include <partwise/evaluate_folders.hpp>
#include <scoring/evaluation_files.hpp>

namespace partwise {

/// Files of one rate that are read side by side, a section of each at a time.
class SoundSections {
 public:
  /// The first `num_references` of `sounds` decide rate, channels and length.
  SoundSections(std::vector<NamedSound> sounds, Index num_references, std::uint64_t memory_bytes,
                const ReadSound& read);

  /// Reads the next section, with what lies ahead of it. False at the end of the references.
  /// Throws Error(malformed) where rates or the references' channels differ.
  [[nodiscard]] bool next();

  /// How many samples the section stands for.
  [[nodiscard]] Index count() const { return count_; }
  [[nodiscard]] Index num_channels() const { return num_channels_; }
  /// The section of each file, [rows x num_channels]; fewer rows where the file ended.
  [[nodiscard]] const std::vector<MatrixView<const float>>& views() const { return views_; }
  /// How files differ from the references in length, a line for each.
  [[nodiscard]] std::vector<std::string> warnings() const;

 private:
  struct File {
    NamedSound sound;
    Matrix<float> samples;
    Index length = -1;  ///< known once its end was read
    std::vector<std::string> warnings;
  };
  void read(File& file);
  void check(const File& file, const Signal& signal) const;
  [[nodiscard]] bool is_reference(const File& file) const;

  std::vector<File> files_;
  Index num_references_;
  std::uint64_t memory_bytes_;
  const ReadSound& read_;
  double sample_rate_hz_ = 0;
  Index num_channels_ = 0;
  Index section_ = 0;  ///< samples of a section
  Index first_ = 0;
  Index next_ = 0;
  Index count_ = 0;
  std::vector<MatrixView<const float>> views_;
};

}  // namespace partwise
