#include <algorithm>
#include <cmath>
#include <utility>
#include <writers/sound_choice.hpp>

namespace partwise {
namespace {

/// A bit rate is an average that an encoder meets about so well.
constexpr double kBitsMargin = 0.93;
constexpr int kTries = 3;
constexpr double kBase64 = 4.0 / 3, kBitsOfByte = 8;

std::string megabytes(double bytes) {
  const double tenths = std::ceil(bytes / 1e5) / 10;
  std::string text = std::to_string(tenths);
  text.resize(text.find('.') + 2);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + " MB";
}

}  // namespace

SoundChoice::SoundChoice(ReportAudioCodec wanted, const Signal& signal, Index num_tracks,
                         std::uint64_t budget_bytes, const SegmentCodecs& codecs)
    : wanted_(wanted),
      signal_(signal),
      num_tracks_(num_tracks),
      budget_(static_cast<double>(budget_bytes)),
      codecs_(codecs) {}

std::optional<SoundChoice::Trial> SoundChoice::first() {
  if (wanted_ == ReportAudioCodec::none) return std::nullopt;
  if (wanted_ != ReportAudioCodec::automatic) return start(codecs_.named(wanted_));
  without_loss_ = true;
  trial_ = {&codecs_.lossless(), 0};
  return trial_;
}

std::optional<SoundChoice::Trial> SoundChoice::start(const SegmentCodec& codec) {
  trial_ = {&codec, 0};
  if (codec.most_bits == 0) return trial_;
  const auto channels = static_cast<double>(std::min(signal_.num_channels(), codec.most_channels));
  const double seconds = signal_.seconds() * static_cast<double>(num_tracks_);
  trial_.bits = budget_ / kBase64 * kBitsOfByte / seconds * kBitsMargin;
  const double least = codec.least_bits * channels;
  if (trial_.bits < least) {
    needed_ = std::max(needed_, least * seconds / kBitsOfByte * kBase64);
    return give_up();
  }
  trial_.bits = std::min(trial_.bits, codec.most_bits * channels);
  tries_left_ = kTries - 1;
  return trial_;
}

std::optional<SoundChoice::Trial> SoundChoice::give_up() {
  gave_up_ = true;
  return std::nullopt;
}

std::optional<SoundChoice::Trial> SoundChoice::after(double needed_bytes) {
  needed_ = needed_bytes;
  if (std::exchange(without_loss_, false)) {
    lowered_ = true;
    if (const SegmentCodec* opus = codecs_.find("opus")) return start(*opus);
    trial_ = {&codecs_.wav16(), 0};
    return trial_;
  }
  if (tries_left_ == 0) return give_up();
  --tries_left_;
  trial_.bits *= kBitsMargin * budget_ / needed_;
  return trial_;
}

std::string SoundChoice::note() const {
  if (gave_up_) {
    return "The sound would take " + megabytes(needed_) +
           ", and the size limit of this page leaves " + megabytes(budget_) +
           " for it, so it is linked: the players read the files beside this page.";
  }
  if (!lowered_) return "";
  if (trial_.codec == &codecs_.wav16())
    return "The sound in this page is rounded to 16 bits. The files are exact. ";
  return "The sound in this page is Opus at about " +
         std::to_string(std::lround(trial_.bits / 1000)) +
         " kbit/s for each part: without loss it would take more than " + megabytes(budget_) +
         ". The files beside this page are exact.";
}

}  // namespace partwise
