// factors.npz: W, H and what is needed to make the parts again.
#include <disk/file_sink.hpp>
#include <store/factors_npz.hpp>
#include <writers/output.hpp>

namespace partwise {
namespace {

constexpr const char* kFile = "factors.npz";

class FactorsOutput final : public Output {
 public:
  explicit FactorsOutput(const RunContext& context) : context_(context) {}

  void close(RunResults& /*results*/, ClosingWork& work) override {
    work.add([this] {
      const auto sink = context_.folder.create(kFile);
      write_npz(factors_arrays(context_.analysis), *sink);
      sink->finish();
    });
  }
  std::vector<std::string> finish(RunResults& /*results*/) override { return {kFile}; }

 private:
  const RunContext& context_;
};

}  // namespace

OutputSpec factors_output() {
  return {.name = "factors",
          .wanted = [](const RunOptions&) { return true; },
          .make = make_output<FactorsOutput>};
}

}  // namespace partwise
