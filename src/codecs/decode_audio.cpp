#include <algorithm>
#include <codecs/decode_foreign.hpp>
#include <codecs/flac_checksum.hpp>
#include <codecs/probe.hpp>
#include <codecs/range_collector.hpp>
#include <codecs/sndfile_handle.hpp>
#include <codecs/sndfile_names.hpp>
#include <formats/decode_checks.hpp>
#include <formats/text.hpp>
#include <formats/wav_stream.hpp>
#include <limits>
#include <partwise/audio_inspect.hpp>
#include <partwise/error.hpp>
#include <span>
#include <string>
#include <vector>

namespace partwise {
namespace {

/// How many samples to make room for: what the header says, as far as the bytes that are there
/// make that likely.
Index likely_samples(const ByteSource& source, const ::SF_INFO& info) {
  // MP3 and Vorbis of ordinary quality unpack a byte to at most 12 values.
  constexpr std::uint64_t kLikelyValuesPerByte = 16;
  const auto by_bytes = static_cast<Index>(source.size() * kLikelyValuesPerByte /
                                           static_cast<std::uint64_t>(info.channels));
  return std::clamp<Index>(std::min(Index{info.frames}, by_bytes), 1, by_bytes + 1);
}

/// Does the size of the file say nothing of its length?
bool is_packed(SoundKind kind, int subtype) {
  const bool alac = subtype == SF_FORMAT_ALAC_16 || subtype == SF_FORMAT_ALAC_20 ||
                    subtype == SF_FORMAT_ALAC_24 || subtype == SF_FORMAT_ALAC_32;
  return kind == SoundKind::flac || kind == SoundKind::ogg || kind == SoundKind::mp3 || alac;
}

/// One opened file on its way to samples.
class Decoding {
 public:
  Decoding(ByteSource& source, const Probe& probe)
      : source_(source), probe_(probe), in_(source, probe.overlay) {
    file_ = in_.open(info_);
    in_.rethrow();
    if (file_ == nullptr) {
      throw_malformed(source, "it cannot be decoded (" + sndfile_text(nullptr) + ")");
    }
    const int major = info_.format & SF_FORMAT_TYPEMASK;
    const bool expected = major == major_format(probe.kind) ||
                          (probe.kind == SoundKind::coded_wav && major == SF_FORMAT_WAVEX);
    if (!expected || coding_name(subtype()).empty()) {
      throw_malformed(source, "it is coded in a way that partwise does not read");
    }
    check_channels_and_rate(source.name(), info_.channels, info_.samplerate);
    if (probe.flac) checksum_.emplace(*probe.flac);
  }

  DecodedAudio run(const DecodeRange& range, const RunControl& control, const DecodeRules& rules,
                   const BlockCallback& on_block) {
    const StreamFacts stream{static_cast<double>(info_.samplerate), info_.channels,
                             believed_samples(), on_block ? 1 : likely_samples(source_, info_)};
    RangeCollector samples(source_.name(), range, rules, stream, on_block);
    read_samples(samples, control);
    DecodedAudio out;
    out.signal = samples.finish();
    out.info.format = format_name(probe_.kind, subtype());
    out.info.sample_rate_hz = info_.samplerate;
    out.info.num_channels = info_.channels;
    out.info.num_samples = samples.kept();
    out.info.bits = bits_of(subtype());
    out.info.exact_in_float = exact_in_float(subtype());
    out.info.tags = tags_of(file_.get());
    out.info.warnings = probe_.warnings;
    if (reached_end_) warn_of_losses(samples.read(), out.info.warnings);
    return out;
  }

 private:
  [[nodiscard]] int subtype() const { return info_.format & SF_FORMAT_SUBMASK; }

  /// What the headers say, whatever they are worth; 0: nothing.
  [[nodiscard]] Index promised_samples() const {
    const Index promised = probe_.promised_samples.value_or(0);
    return info_.frames < SF_COUNT_MAX ? std::max(promised, Index{info_.frames}) : promised;
  }

  /// As many of them as the file can hold.
  [[nodiscard]] Index believed_samples() const {
    if (is_packed(probe_.kind, subtype())) return promised_samples();
    constexpr std::uint64_t kMostValuesPerByte = 2;  // ADPCM has 4 bits a value
    return std::min(promised_samples(), static_cast<Index>(source_.size() * kMostValuesPerByte));
  }

  void read_samples(RangeCollector& out, const RunControl& control) {
    // One large read of Ogg crashes libsndfile 1.2.0; all examples read blocks of this size.
    constexpr Index kReadSamples = 4096, kNoLimit = std::numeric_limits<Index>::max();
    std::vector<float> block(static_cast<std::size_t>(kReadSamples * info_.channels));
    while (out.wanted() > 0) {
      control.check_stop();
      // A length that the header gives is a limit: libsndfile takes W64's padding for samples.
      const Index left = probe_.promised_samples.value_or(kNoLimit) - out.read();
      const Index got =
          ::sf_readf_float(file_.get(), block.data(), std::min({kReadSamples, out.wanted(), left}));
      in_.rethrow();
      reached_end_ = got <= 0;
      if (reached_end_) break;
      if (checksum_) {
        checksum_->add(std::span(block).first(static_cast<std::size_t>(got * info_.channels)));
      }
      out.take(block.data(), got);
    }
  }

  void warn_of_losses(Index read, std::vector<std::string>& warnings) {
    if (promised_samples() > read) {
      warnings.push_back(truncation_warning(promised_samples() - read, info_.samplerate));
    } else if (::sf_error(file_.get()) != SF_ERR_NO_ERROR) {
      warnings.push_back("decoding stopped at " +
                         number_text(static_cast<double>(read) / info_.samplerate) + " s (" +
                         sndfile_text(file_.get()) + ")");
    } else if (checksum_ && !checksum_->agrees()) {
      warnings.emplace_back(
          "the file is damaged: its sound is not what the checksum (MD5) in its header says");
    }
  }

  ByteSource& source_;
  const Probe& probe_;
  VirtualInput in_;
  ::SF_INFO info_{};
  SndfilePtr file_;
  std::optional<FlacChecksum> checksum_;
  bool reached_end_ = false;
};

/// What is not WAV. The signal is empty where `on_block` is not.
DecodedAudio decode_coded(ByteSource& source, const Probe& probe, const DecodeRange& range,
                          const RunControl& control, const DecodeRules& rules,
                          const BlockCallback& on_block) {
  DecodedAudio out = probe.foreign
                         ? decode_foreign(source, *probe.foreign, range, control, rules, on_block)
                         : Decoding(source, probe).run(range, control, rules, on_block);
  if (probe.foreign) {
    out.info.warnings.insert(out.info.warnings.begin(), probe.warnings.begin(),
                             probe.warnings.end());
  }
  check_damage(source.name(), rules, out.info);
  return out;
}

}  // namespace

DecodedAudio decode_audio(ByteSource& source, const DecodeRange& range, const RunControl& control,
                          const DecodeRules& rules) {
  const Probe probe = probe_sound(source, control);
  if (probe.kind == SoundKind::wav) return decode_wav(source, range, control, rules);
  return decode_coded(source, probe, range, control, rules, {});
}

AudioInfo stream_audio(ByteSource& source, const RunControl& control, const DecodeRules& rules,
                       const BlockCallback& on_block) {
  DecodeRules kept = rules;
  kept.max_memory_bytes = DecodeRules{}.max_memory_bytes;
  const Probe probe = probe_sound(source, control);
  if (probe.kind == SoundKind::wav) return stream_wav(source, control, kept, on_block);
  return decode_coded(source, probe, {}, control, kept, on_block).info;
}

}  // namespace partwise
