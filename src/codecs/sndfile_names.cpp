#include <codecs/sndfile_names.hpp>
#include <formats/tag_text.hpp>

namespace partwise {
namespace {

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
    case SoundKind::foreign:
      break;
  }
  return {};
}

}  // namespace

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
    case SoundKind::foreign:
      break;
  }
  return 0;
}

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

std::string format_name(SoundKind kind, int subtype) {
  if (kind == SoundKind::mp3) return "MP3";
  return container_name(kind) + coding_name(subtype);
}

int bits_of(int subtype) {
  switch (subtype) {
    case SF_FORMAT_PCM_S8:
    case SF_FORMAT_PCM_U8:
      return 8;
    case SF_FORMAT_PCM_16:
    case SF_FORMAT_ALAC_16:
      return 16;
    case SF_FORMAT_ALAC_20:
      return 20;
    case SF_FORMAT_PCM_24:
    case SF_FORMAT_ALAC_24:
      return 24;
    case SF_FORMAT_PCM_32:
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_ALAC_32:
      return 32;
    case SF_FORMAT_DOUBLE:
      return 64;
    default:
      return 0;
  }
}

bool exact_in_float(int subtype) {
  return subtype != SF_FORMAT_PCM_32 && subtype != SF_FORMAT_DOUBLE && subtype != SF_FORMAT_ALAC_32;
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

}  // namespace partwise
