#include <algorithm>
#include <cmath>
#include <codecs/sndfile_handle.hpp>
#include <cstdint>
#include <formats/encode_checks.hpp>
#include <formats/tag_text.hpp>
#include <new>
#include <partwise/audio_file.hpp>
#include <partwise/error.hpp>
#include <vector>

namespace partwise {
namespace {

constexpr Index kMaxFlacChannels = 8;
constexpr double kMaxFlacRateHz = 655350;  // what the codec's stream header holds

SeekableSink& seekable(ByteSink& sink) {
  auto* out = dynamic_cast<SeekableSink*>(&sink);
  if (out == nullptr) {
    throw Error(ErrorCode::cannot_write,
                "FLAC completes its header at the end: expected a sink that can go back");
  }
  return *out;
}

int subtype_of(SampleFormat format) {
  switch (format) {
    case SampleFormat::pcm16:
      return SF_FORMAT_PCM_16;
    case SampleFormat::pcm24:
      return SF_FORMAT_PCM_24;
    case SampleFormat::float32:
      break;
  }
  throw bad_argument("format", "float32", "16 or 24 bit, which is what FLAC holds");
}

class FlacEncoder final : public AudioEncoder {
 public:
  FlacEncoder(ByteSink& sink, const EncodeSpec& spec)
      : sink_(sink), budget_(spec), out_(seekable(sink)) {
    ::SF_INFO info{};
    info.format = SF_FORMAT_FLAC | subtype_of(spec.sample_format);
    info.samplerate =
        static_cast<int>(check_encode_spec(spec, "FLAC", kMaxFlacChannels, kMaxFlacRateHz));
    info.channels = static_cast<int>(spec.num_channels);
    steps_ = spec.sample_format == SampleFormat::pcm16 ? 1 << 15 : 1 << 23;
    file_ = out_.open(info);
    out_.rethrow();
    // Rate, channels and samples were checked and the sink works: what it can lack is memory.
    if (file_ == nullptr) throw std::bad_alloc();
    ::sf_command(file_.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
    ::sf_command(file_.get(), SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
    set_tag(SF_STR_TITLE, spec.tags.title);
    set_tag(SF_STR_ARTIST, spec.tags.artist);
    set_tag(SF_STR_ALBUM, spec.tags.album);
    set_tag(SF_STR_DATE, spec.tags.date);
  }

  void write(MatrixView<const float> samples) override {
    constexpr Index kWriteSamples = 4096;
    budget_.take(samples);
    for (Index done = 0; done < samples.rows; done += kWriteSamples) {
      const Index count = std::min(kWriteSamples, samples.rows - done);
      to_integers({samples.data + done, count, samples.cols, samples.stride});
      const auto written = ::sf_writef_int(file_.get(), integers_.data(), count);
      out_.rethrow();
      // libsndfile starts its encoder with the first samples; see the constructor.
      if (written != count && !started_) throw std::bad_alloc();
      // libsndfile has returned 0 with "no error".
      if (written != count) throw_cannot_write(sndfile_text(file_.get()));
      started_ = true;
    }
  }

  void finish() override {
    budget_.check_complete();
    const int error_number = ::sf_close(file_.release());
    out_.rethrow();
    if (error_number != 0) throw_cannot_write(::sf_error_number(error_number));
    sink_.finish();
  }

 private:
  [[noreturn]] static void throw_cannot_write(const std::string& why) {
    throw Error(ErrorCode::cannot_write, "cannot write FLAC: " + why);
  }

  /// Vorbis comments. libsndfile takes what it gets, so it gets what tag_text() lets pass.
  void set_tag(int which, const std::string& text) {
    const std::string checked = tag_text(text);
    if (checked.empty()) return;
    const int error_number = ::sf_set_string(file_.get(), which, checked.c_str());
    if (error_number != 0) throw_cannot_write(::sf_error_number(error_number));
  }

  /// Interleaved, the sample in the upper bits: libsndfile shifts these down exactly, while its way
  /// from float multiplies by 2^(bits-1) - 1 in some settings.
  void to_integers(MatrixView<const float> samples) {
    integers_.resize(static_cast<std::size_t>(samples.rows * samples.cols));
    const float full = static_cast<float>(steps_);
    const int unit = static_cast<int>((std::int64_t{1} << 31) / steps_);
    for (Index c = 0; c < samples.cols; ++c) {
      const float* column = samples.column(c);
      for (Index i = 0; i < samples.rows; ++i) {
        const float clamped = std::min(std::max(-full, column[i] * full), full - 1);
        integers_[static_cast<std::size_t>(i * samples.cols + c)] =
            static_cast<int>(std::lrint(clamped)) * unit;
      }
    }
  }

  ByteSink& sink_;
  SampleBudget budget_;
  VirtualOutput out_;
  SndfilePtr file_;
  bool started_ = false;  ///< samples were written
  int steps_ = 0;         ///< of full scale
  std::vector<int> integers_;
};

}  // namespace

Container flac_container() {
  return {"flac", [](ByteSink& sink, const EncodeSpec& spec) -> std::unique_ptr<AudioEncoder> {
            return std::make_unique<FlacEncoder>(sink, spec);
          }};
}

}  // namespace partwise
