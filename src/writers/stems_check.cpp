#include <algorithm>
#include <filesystem>
#include <formats/sample_convert.hpp>
#include <options/sample_format.hpp>
#include <partwise/error.hpp>
#include <string>
#include <system_error>
#include <writers/stems_check.hpp>

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
void check_container(SampleFormat format, const RunPlan& plan) {
  NullSink sink;
  const EncodeSpec spec{plan.sample_rate_hz, plan.num_channels, 1, format};
  const auto encoder = plan.container.make_encoder(sink, spec);
  encoder->write(Matrix<float>(1, plan.num_channels));
  encoder->finish();
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string(static_cast<std::uint64_t>(static_cast<double>(bytes) / kBytesInMegabyte) +
                        1) +
         " MB";
}

/// FLAC is smaller than its samples by an unknown factor, so its space is not checked.
void check_space(const RunOptions& options, const RunPlan& plan) {
  if (is_flac(options.format)) return;
  const auto values = static_cast<std::uint64_t>(plan.num_samples * plan.num_channels);
  const bool archives = options.session == SessionFormat::dawproject;  // parts and residual again
  const auto tracks = static_cast<std::uint64_t>(plan.num_parts + 2 + (plan.with_input ? 1 : 0) +
                                                 (archives ? plan.num_parts + 1 : 0));
  const std::uint64_t needed =
      values * tracks *
      static_cast<std::uint64_t>(bytes_per_sample(sample_format_of(options.format)));
  std::error_code error;
  auto target = std::filesystem::absolute(plan.folder, error).lexically_normal();
  if (!target.has_filename()) target = target.parent_path();  // "out/" is out
  const auto parent = target.parent_path();
  const auto space = std::filesystem::space(parent, error);
  if (error || space.available >= needed) return;
  throw Error(ErrorCode::cannot_write, "the parts need " + megabytes(needed) + ", and " +
                                           parent.string() + " has " + megabytes(space.available) +
                                           " free");
}

}  // namespace

void check_stems(const RunOptions& options, const RunPlan& plan) {
  check_container(sample_format_of(options.format), plan);
  check_space(options, plan);
}

}  // namespace partwise
