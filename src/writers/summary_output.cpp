// summary.json, which lists all other files.
#include <writers/output.hpp>
#include <writers/output_files.hpp>
#include <writers/summary_facts.hpp>

namespace partwise {
namespace {

class SummaryOutput final : public Output {
 public:
  explicit SummaryOutput(const RunContext& context) : context_(context) {}

  std::vector<std::string> finish(RunResults& results) override {
    SummaryFacts facts = summary_facts(context_, results);
    facts.files = results.files;
    results.summary_json = summary_json(facts);
    write_file(context_.folder, "summary.json", results.summary_json);
    return {};  // it does not list itself
  }

 private:
  const RunContext& context_;
};

}  // namespace

OutputSpec summary_output() {
  return {.name = "summary",
          .wanted = [](const RunOptions&) { return true; },
          .make = make_output<SummaryOutput>,
          .after = {kAllOthers}};
}

}  // namespace partwise
