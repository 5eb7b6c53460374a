#include <partwise/sound_services.hpp>

namespace partwise {

SoundServices codec_services() {
  SoundServices services;
  services.open = open_input;
  services.decode = decode_audio;
  services.stream = stream_audio;
  services.resample = resample;
  services.containers = {wav_container(), flac_container()};
  services.report = report_codecs();
  return services;
}

}  // namespace partwise
