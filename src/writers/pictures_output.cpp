// Spectrogram, spectra and activations as PNG files.
#include <writers/output.hpp>
#include <writers/picture_files.hpp>

namespace partwise {
namespace {

class PicturesOutput final : public Output {
 public:
  explicit PicturesOutput(const RunContext& context) : context_(context) {}

  std::vector<std::string> finish(RunResults& /*results*/) override {
    std::vector<std::string> names;
    for (const PartName& part : context_.part_names) names.push_back(part.name);
    return write_picture_files(context_.folder, context_.analysis, context_.merged, names,
                               context_.input.name);
  }

 private:
  const RunContext& context_;
};

}  // namespace

OutputSpec pictures_output() {
  return {.name = "pictures",
          .wanted = [](const RunOptions& options) { return options.pictures; },
          .make = make_output<PicturesOutput>,
          .seconds = &RunSeconds::report};
}

}  // namespace partwise
