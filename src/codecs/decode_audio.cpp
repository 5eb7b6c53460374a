#include <algorithm>
#include <codecs/probe.hpp>
#include <codecs/sample_collector.hpp>
#include <codecs/sndfile_handle.hpp>
#include <files/decode_checks.hpp>
#include <files/tag_text.hpp>
#include <files/text.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <string>
#include <vector>

namespace partwise {
namespace {

/// libsndfile's name of the container that the probe found.
int major_format(SoundKind kind) {
  switch (kind) {
    case SoundKind::wav:
    case SoundKind::coded_wav:
      return SF_FORMAT_WAV;
    case SoundKind::flac:
      return SF_FORMAT_FLAC;
    case SoundKind::aiff:
      return SF_FORMAT_AIFF;
    case SoundKind::ogg:
      return SF_FORMAT_OGG;
    case SoundKind::mp3:
      return SF_FORMAT_MPEG;
    case SoundKind::w64:
      return SF_FORMAT_W64;
    case SoundKind::caf:
      return SF_FORMAT_CAF;
    case SoundKind::au:
      return SF_FORMAT_AU;
  }
  return 0;
}

std::string container_name(SoundKind kind) {
  switch (kind) {
    case SoundKind::wav:
    case SoundKind::coded_wav:
      return "WAV";
    case SoundKind::flac:
      return "FLAC";
    case SoundKind::aiff:
      return "AIFF";
    case SoundKind::ogg:
      return "Ogg";
    case SoundKind::mp3:
      return "MP3";
    case SoundKind::w64:
      return "W64";
    case SoundKind::caf:
      return "CAF";
    case SoundKind::au:
      return "AU";
  }
  return {};
}

/// What follows the container's name; empty for a coding that no probe lets pass.
std::string coding_name(int subtype) {
  switch (subtype) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
      return " 8 bit";
    case SF_FORMAT_PCM_16:
      return " 16 bit";
    case SF_FORMAT_PCM_24:
      return " 24 bit";
    case SF_FORMAT_PCM_32:
      return " 32 bit";
    case SF_FORMAT_FLOAT:
      return " 32 bit float";
    case SF_FORMAT_DOUBLE:
      return " 64 bit float";
    case SF_FORMAT_ULAW:
      return " mu-law";
    case SF_FORMAT_ALAW:
      return " A-law";
    case SF_FORMAT_IMA_ADPCM:
      return " IMA ADPCM";
    case SF_FORMAT_MS_ADPCM:
      return " MS ADPCM";
    case SF_FORMAT_VORBIS:
      return " Vorbis";
    case SF_FORMAT_OPUS:
      return " Opus";
    case SF_FORMAT_ALAC_16:
      return " ALAC 16 bit";
    case SF_FORMAT_ALAC_20:
      return " ALAC 20 bit";
    case SF_FORMAT_ALAC_24:
      return " ALAC 24 bit";
    case SF_FORMAT_ALAC_32:
      return " ALAC 32 bit";
    case SF_FORMAT_MPEG_LAYER_III:
      return " layer III";
    default:
      return {};
  }
}

AudioTags tags_of(::SNDFILE* file) {
  const auto text = [file](int which) {
    const char* bytes = ::sf_get_string(file, which);
    return bytes == nullptr ? std::string() : tag_text(bytes);
  };
  return {.title = text(SF_STR_TITLE),
          .artist = text(SF_STR_ARTIST),
          .album = text(SF_STR_ALBUM),
          .date = text(SF_STR_DATE),
          .comment = text(SF_STR_COMMENT)};
}

std::string format_name(SoundKind kind, int subtype) {
  if (kind == SoundKind::mp3) return "MP3";
  return container_name(kind) + coding_name(subtype);
}

bool exact_in_float(int subtype) {
  return subtype != SF_FORMAT_PCM_32 && subtype != SF_FORMAT_DOUBLE && subtype != SF_FORMAT_ALAC_32;
}

/// How many samples to make room for: what the header says, as far as the bytes that are there
/// make that likely.
Index likely_samples(const ByteSource& source, const ::SF_INFO& info, Index wanted) {
  // MP3 and Vorbis of ordinary quality unpack a byte to at most 12 values.
  constexpr std::uint64_t kLikelyValuesPerByte = 16;
  const auto by_bytes = static_cast<Index>(source.size() * kLikelyValuesPerByte /
                                           static_cast<std::uint64_t>(info.channels));
  return std::clamp<Index>(std::min({wanted, Index{info.frames}, by_bytes}), 1, by_bytes + 1);
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
  }

  DecodedAudio run(const DecodeRange& range, const RunControl& control) {
    const SampleRange wanted = to_sample_range(range, info_.samplerate);
    DecodedAudio out;
    out.signal.samples = read_samples(range, wanted, control);
    out.signal.sample_rate_hz = info_.samplerate;
    out.info.format = format_name(probe_.kind, subtype());
    out.info.sample_rate_hz = info_.samplerate;
    out.info.num_channels = info_.channels;
    out.info.num_samples = out.signal.num_samples();
    out.info.exact_in_float = exact_in_float(subtype());
    out.info.tags = tags_of(file_.get());
    out.info.warnings = probe_.warnings;
    warn_of_losses(out.info.warnings);
    return out;
  }

 private:
  [[nodiscard]] int subtype() const { return info_.format & SF_FORMAT_SUBMASK; }

  /// Decodes from the beginning, for a seek is exact in some codecs only, and drops what lies
  /// before the range.
  Matrix<float> read_samples(const DecodeRange& range, const SampleRange& wanted,
                             const RunControl& control) {
    // One large read of Ogg crashes libsndfile 1.2.0; all examples read blocks of this size.
    constexpr Index kReadSamples = 4096;
    const Index end = wanted.first + wanted.count;
    std::vector<float> block(static_cast<std::size_t>(kReadSamples * info_.channels));
    SampleCollector out(info_.channels, likely_samples(source_, info_, wanted.count));
    NonFiniteCount non_finite;
    while (read_ < end) {
      control.check_stop();
      const Index got =
          ::sf_readf_float(file_.get(), block.data(), std::min(kReadSamples, end - read_));
      in_.rethrow();
      if (got <= 0) {
        reached_end_ = true;
        break;
      }
      const Index dropped = std::clamp<Index>(wanted.first - read_, 0, got);
      const MatrixView<float> kept =
          out.append(block.data() + dropped * info_.channels, got - dropped);
      for (Index c = 0; c < kept.cols; ++c) {
        non_finite.add(kept.column_span(c), read_ + dropped);
      }
      read_ += got;
    }
    if (read_ == 0) throw_malformed(source_, "it holds no sound that can be decoded (0 samples)");
    if (out.count() == 0) {
      throw_offset_beyond_end(source_.name(), range.offset_s,
                              static_cast<double>(read_) / info_.samplerate);
    }
    non_finite.check(source_.name(), info_.samplerate);
    return out.take();
  }

  void warn_of_losses(std::vector<std::string>& warnings) const {
    if (!reached_end_) return;
    Index promised = probe_.promised_samples.value_or(0);
    if (info_.frames < SF_COUNT_MAX) promised = std::max(promised, Index{info_.frames});
    if (promised > read_) {
      warnings.push_back(truncation_warning(promised - read_, info_.samplerate));
    } else if (::sf_error(file_.get()) != SF_ERR_NO_ERROR) {
      warnings.push_back("decoding stopped at " +
                         number_text(static_cast<double>(read_) / info_.samplerate) + " s (" +
                         sndfile_text(file_.get()) + ")");
    }
  }

  ByteSource& source_;
  const Probe& probe_;
  VirtualInput in_;
  ::SF_INFO info_{};
  SndfilePtr file_;
  Index read_ = 0;
  bool reached_end_ = false;
};

}  // namespace

DecodedAudio decode_audio(ByteSource& source, const DecodeRange& range, const RunControl& control) {
  const Probe probe = probe_sound(source, control);
  if (probe.kind == SoundKind::wav) return decode_wav(source, range, control);
  return Decoding(source, probe).run(range, control);
}

}  // namespace partwise
