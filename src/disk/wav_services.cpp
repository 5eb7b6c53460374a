#include <formats/wav_stream.hpp>
#include <partwise/error.hpp>
#include <partwise/sound_services.hpp>

namespace partwise {
namespace {

std::unique_ptr<ByteSource> open_local(const std::string& input, const InputLimits& limits,
                                       const RunControl& control) {
  switch (input_kind(input)) {
    case InputKind::standard_input:
      return read_standard_input(limits, control);
    case InputKind::address:
      throw Error(ErrorCode::network,
                  input_name(input) + " is at an address, which nothing here can fetch");
    case InputKind::file:
      break;
  }
  return open_file(input);
}

/// Nothing is kept, so memory is no limit.
AudioInfo stream_any_length(ByteSource& source, const RunControl& control, const DecodeRules& rules,
                            const BlockCallback& on_block) {
  DecodeRules kept = rules;
  kept.max_memory_bytes = DecodeRules{}.max_memory_bytes;
  return stream_wav(source, control, kept, on_block);
}

}  // namespace

SoundServices wav_services() {
  SoundServices services;
  services.open = open_local;
  services.decode = decode_wav;
  services.stream = stream_any_length;
  services.containers = {wav_container()};
  return services;
}

}  // namespace partwise
