#include <algorithm>
#include <formats/text.hpp>
#include <partwise/error.hpp>
#include <scoring/sound_sections.hpp>
#include <utility>

namespace partwise {
namespace {

// Shorter sections would spend their time on opening files.
constexpr Index kShortestSection = 1 << 16;
// Half of the memory is for what is read, the rest for decoders and for what is made of it.
constexpr std::uint64_t kMemoryShare = 2;

/// The signal with so many channels: their mean, or copies of the only one.
Matrix<float> with_channels(Matrix<float> samples, Index num_channels) {
  if (samples.cols() == num_channels) return samples;
  Matrix<float> out(samples.rows(), num_channels);
  for (Index r = 0; r < samples.rows(); ++r) {
    double sum = 0;
    for (Index c = 0; c < samples.cols(); ++c) sum += static_cast<double>(samples(r, c));
    const auto mean = static_cast<float>(sum / static_cast<double>(samples.cols()));
    for (Index c = 0; c < num_channels; ++c) out(r, c) = mean;
  }
  return out;
}

}  // namespace

SoundSections::SoundSections(std::vector<NamedSound> sounds, Index num_references,
                             std::uint64_t memory_bytes, const ReadSound& read)
    : num_references_(num_references), memory_bytes_(memory_bytes), read_(read) {
  for (NamedSound& sound : sounds) files_.push_back({std::move(sound), {}, -1, {}});
}

bool SoundSections::is_reference(const File& file) const {
  return &file - files_.data() < num_references_;
}

void SoundSections::check(const File& file, const Signal& signal) const {
  const std::string& path = file.sound.path;
  if (signal.sample_rate_hz != sample_rate_hz_) {
    throw Error(ErrorCode::malformed, path + ": " + number_text(signal.sample_rate_hz) +
                                          " Hz, expected " + number_text(sample_rate_hz_) +
                                          " Hz as in " + files_.front().sound.path);
  }
  if (is_reference(file) && signal.num_channels() != num_channels_) {
    throw Error(ErrorCode::malformed, path + ": " + std::to_string(signal.num_channels()) +
                                          " channels, expected " + std::to_string(num_channels_) +
                                          " as in " + files_.front().sound.path);
  }
}

void SoundSections::read(File& file) {
  const bool is_over = file.length >= 0 && file.length <= first_;
  if (is_over) {
    file.samples = Matrix<float>(0, num_channels_);
    return;
  }
  const Index wanted = section_ + SignalSums::kAhead;
  constexpr double kHalf = 0.5;  // a sample more or less by rounding is none
  const DecodeRange range{first_ == 0 ? 0 : (static_cast<double>(first_) + kHalf) / sample_rate_hz_,
                          (static_cast<double>(wanted) + kHalf) / sample_rate_hz_};
  DecodedAudio decoded = read_(file.sound.path, range);
  check(file, decoded.signal);
  const Index rows = decoded.signal.num_samples();
  if (rows < wanted) file.length = first_ + rows;
  for (const std::string& warning : decoded.info.warnings) {
    const std::string line = file.sound.path + ": " + warning;
    if (std::ranges::find(file.warnings, line) == file.warnings.end()) {
      file.warnings.push_back(line);
    }
  }
  file.samples = with_channels(std::move(decoded.signal.samples), num_channels_);
}

bool SoundSections::next() {
  first_ = next_;
  if (first_ == 0) {
    constexpr double kProbe_s = 0.1;
    const Signal begin = read_(files_.front().sound.path, {0, kProbe_s}).signal;
    sample_rate_hz_ = begin.sample_rate_hz;
    num_channels_ = begin.num_channels();
    const auto bytes_a_sample =
        sizeof(float) * static_cast<std::uint64_t>(num_channels_) * files_.size();
    section_ = std::max(kShortestSection,
                        static_cast<Index>(memory_bytes_ / kMemoryShare / bytes_a_sample));
  }
  Index longest = 0;
  views_.clear();
  for (File& file : files_) {
    read(file);
    if (is_reference(file)) longest = std::max(longest, file.samples.rows());
    MatrixView<const float> view = std::as_const(file.samples).view();
    view.rows = std::min(view.rows, longest);
    views_.push_back(view);
  }
  count_ = std::min(longest, section_);
  next_ = first_ + count_;
  return count_ > 0;
}

std::vector<std::string> SoundSections::warnings() const {
  Index longest = 0;
  for (const File& file : files_) {
    if (is_reference(file)) longest = std::max(longest, file.length);
  }
  std::vector<std::string> lines;
  for (const File& file : files_) {
    lines.insert(lines.end(), file.warnings.begin(), file.warnings.end());
    const bool is_longer = file.length < 0 || file.length > longest;
    if (file.length == longest) continue;
    lines.push_back(file.sound.path + (is_longer ? ": longer than the references: the rest is not "
                                                   "heard"
                                                 : ": shorter than the references by " +
                                                       std::to_string(longest - file.length) +
                                                       " samples: silence there"));
  }
  return lines;
}

}  // namespace partwise
