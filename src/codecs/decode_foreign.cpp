#include <algorithm>
#include <array>
#include <codecs/child_process.hpp>
#include <codecs/decode_foreign.hpp>
#include <codecs/range_collector.hpp>
#include <disk/file_source.hpp>
#include <disk/memory_file.hpp>
#include <formats/little_endian.hpp>
#include <formats/tag_text.hpp>
#include <partwise/error.hpp>
#include <vector>

namespace partwise {
namespace {

// ffmpeg maps 0.4 GiB of libraries; decoders of sound need some MiB more.
constexpr ChildLimits kLimits{.address_space_bytes = std::uint64_t{2} << 30, .idle_s = 60};

std::vector<std::string> ffmpeg_arguments(const std::string& program, std::string_view demuxer) {
  const std::string input = "file:/dev/fd/" + std::to_string(ChildProcess::kInput);
  // AU holds rate and channels in its first bytes and no length that would have to be known.
  return {program, "-nostdin", "-hide_banner", "-loglevel", "error",
          // Nothing but the one input and the one output is opened.
          "-protocol_whitelist", "pipe,file", "-threads", "1", "-f", std::string(demuxer), "-i",
          input, "-map", "0:a:0", "-vn", "-sn", "-dn", "-c:a", "pcm_f32be", "-f", "au", "pipe:1"};
}

/// The first line that ffmpeg said, without the address of what said it.
std::string cause(const std::string& messages) {
  std::string_view line(messages);
  line = line.substr(0, line.find('\n'));
  if (line.starts_with('[')) line.remove_prefix(std::min(line.size(), line.find("] ") + 2));
  if (line.find("matches no streams") != std::string_view::npos) return "it holds no sound";
  return line.empty() ? "it does not say why" : tag_text(line);
}

/// What stands before the sound in an AU stream.
struct AuHeader {
  double sample_rate_hz = 0;
  Index num_channels = 0;
  AudioTags tags;
};

/// ffmpeg's annotation: lines of "Title=...".
AudioTags parse_tags(std::string_view text) {
  AudioTags tags;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto value_of = [line](std::string_view key) {
      return line.starts_with(key) ? tag_text(line.substr(key.size())) : std::string();
    };
    if (tags.title.empty()) tags.title = value_of("Title=");
    if (tags.artist.empty()) tags.artist = value_of("Artist=");
    if (tags.album.empty()) tags.album = value_of("Album=");
  }
  return tags;
}

class ForeignDecoding {
 public:
  ForeignDecoding(const ByteSource& source, const std::string& program, std::string_view demuxer,
                  int input, const RunControl& control)
      : name_(source.name()),
        control_(control),
        ffmpeg_(name_, ffmpeg_arguments(program, demuxer), input, kLimits) {}

  DecodedAudio run(const DecodeRange& range, const DecodeRules& rules,
                   const BlockCallback& on_block) {
    const AuHeader header = read_header();
    constexpr Index kUnknown = 0, kFirstRoom = 1 << 20;  // 24 s, which then doubles
    const StreamFacts stream{header.sample_rate_hz, header.num_channels, kUnknown, kFirstRoom};
    RangeCollector samples(name_, range, rules, stream, on_block);
    read_samples(samples, header.num_channels);
    DecodedAudio out;
    out.signal = samples.finish();
    out.info.sample_rate_hz = header.sample_rate_hz;
    out.info.num_channels = header.num_channels;
    out.info.num_samples = samples.kept();
    out.info.tags = header.tags;
    // With sound left over, ffmpeg is not at its end and has no verdict.
    if (samples.wanted() > 0 && (!ffmpeg_.succeeded(control_) || !ffmpeg_.messages().empty())) {
      out.info.warnings.push_back("the file is damaged, some of its sound may be lost (ffmpeg: " +
                                  cause(ffmpeg_.messages()) + ")");
    }
    return out;
  }

 private:
  [[noreturn]] void refuse() {
    (void)ffmpeg_.succeeded(control_);
    throw Error(ErrorCode::malformed,
                name_ + ": ffmpeg cannot decode it (" + cause(ffmpeg_.messages()) + ")");
  }

  AuHeader read_header() {
    std::array<std::byte, 24> bytes{};
    if (ffmpeg_.read(bytes, control_) < bytes.size() || as_text(bytes).substr(0, 4) != ".snd") {
      refuse();
    }
    const auto field = [&](std::size_t i) { return load_be<std::uint32_t>(bytes.data() + 4 * i); };
    constexpr std::uint32_t kFloat = 6, kMostHeaderBytes = 1 << 20;
    if (field(1) < bytes.size() || field(1) > kMostHeaderBytes || field(3) != kFloat) refuse();
    check_channels_and_rate(name_, field(5), field(4));
    std::vector<std::byte> annotation(field(1) - bytes.size());
    if (ffmpeg_.read(annotation, control_) < annotation.size()) refuse();
    return {static_cast<double>(field(4)), static_cast<Index>(field(5)),
            parse_tags(as_text(annotation))};
  }

  void read_samples(RangeCollector& out, Index num_channels) {
    constexpr Index kReadSamples = 16384;  // as much as a pipe holds, for one channel
    std::vector<std::byte> bytes;
    std::vector<float> values;
    while (out.wanted() > 0) {
      const Index count = std::min(kReadSamples, out.wanted());
      bytes.resize(static_cast<std::size_t>(count * num_channels) * sizeof(float));
      const auto got = static_cast<Index>(ffmpeg_.read(bytes, control_) / sizeof(float));
      values.resize(static_cast<std::size_t>(got));
      for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = std::bit_cast<float>(load_be<std::uint32_t>(bytes.data() + i * sizeof(float)));
      }
      const Index samples = got / num_channels;
      if (samples > 0) out.take(values.data(), samples);
      if (samples < count) break;
    }
    if (out.read() == 0) refuse();
  }

  std::string name_;
  const RunControl& control_;
  ChildProcess ffmpeg_;
};

}  // namespace

DecodedAudio decode_foreign(ByteSource& source, const ForeignFormat& format,
                            const DecodeRange& range, const RunControl& control,
                            const DecodeRules& rules, const BlockCallback& on_block) {
  const auto program = find_program("ffmpeg");
  if (!program) {
    throw_malformed(source, "it is " + std::string(format.words) +
                                ", which is read through the program ffmpeg; it is not installed "
                                "(Debian package ffmpeg)");
  }
  // What is in memory is laid where a child can open it.
  UniqueFd copy;
  int input = descriptor_of(source);
  if (input < 0) {
    copy = make_memory_file(source, control);
    input = copy.get();
  }
  DecodedAudio out =
      ForeignDecoding(source, *program, format.demuxer, input, control).run(range, rules, on_block);
  out.info.format = format.name;
  return out;
}

}  // namespace partwise
