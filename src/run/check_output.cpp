#include <algorithm>
#include <disk/staged_folder.hpp>
#include <filesystem>
#include <formats/sample_convert.hpp>
#include <options/sample_format.hpp>
#include <partwise/outputs.hpp>
#include <string>
#include <system_error>
#include <writers/part_names.hpp>

namespace partwise {
namespace {

constexpr double kBytesInMegabyte = 1e6;

/// Takes an encoder's bytes and forgets them.
class NullSink : public SeekableSink {
 public:
  void write(std::span<const std::byte> bytes) override {
    position_ += bytes.size();
    size_ = std::max(size_, position_);
  }
  void finish() override {}
  void seek(std::uint64_t offset) override { position_ = offset; }
  [[nodiscard]] std::uint64_t position() const override { return position_; }
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 private:
  std::uint64_t position_ = 0;
  std::uint64_t size_ = 0;
};

/// The container says itself what it cannot hold.
void check_container(const Signal& signal, SampleFormat format, const Container& container) {
  NullSink sink;
  const EncodeSpec spec{signal.sample_rate_hz, signal.num_channels(), 1, format};
  const auto encoder = container.make_encoder(sink, spec);
  encoder->write(Matrix<float>(1, signal.num_channels()));
  encoder->finish();
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(static_cast<std::uint64_t>(static_cast<double>(bytes) / kBytesInMegabyte) +
                        1) +
         " MB";
}

/// FLAC is smaller than its samples by an unknown factor, so its space is not checked.
void check_space(const std::string& folder, const Signal& signal, Index num_parts, bool with_input,
                 OutputFormat format) {
  if (is_flac(format)) return;
  const auto values = static_cast<std::uint64_t>(signal.num_samples() * signal.num_channels());
  const auto tracks = static_cast<std::uint64_t>(num_parts + 2 + (with_input ? 1 : 0));
  const std::uint64_t needed =
      values * tracks * static_cast<std::uint64_t>(bytes_per_sample(sample_format_of(format)));
  std::error_code error;
  auto target = std::filesystem::absolute(folder, error).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();  // "out/" is out
  const auto parent = target.parent_path();
  const auto space = std::filesystem::space(parent, error);
  if (error || space.available >= needed) return;
  throw Error(ErrorCode::cannot_write, "the parts need " + megabytes(needed) + ", and " +
                                           parent.string() + " has " + megabytes(space.available) +
                                           " free");
}

}  // namespace

void check_output_folder(const std::string& folder, bool force) {
  const StagedFolder probe(folder, force);
}

void check_output(const std::string& folder, const Signal& signal, bool with_input,
                  const RunOptions& options, const Container& container) {
  const Index num_parts = expected_parts(options);
  check_names(options.names, num_parts);
  check_container(signal, sample_format_of(options.format), container);
  check_space(folder, signal, num_parts, with_input, options.format);
}

}  // namespace partwise
