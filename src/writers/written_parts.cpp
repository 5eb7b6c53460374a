#include <writers/written_parts.hpp>

namespace partwise {
namespace {

WrittenPart describe_part(const RunContext& context, const RunResults& results, std::size_t k) {
  const RunTrack& track = context.tracks[k];
  const LevelMeter& level = results.tracks[k].level;
  WrittenPart part{track.name,
                   track.file_name,
                   context.merged.descriptions[k],
                   ratio_db(level.rms(), 1),
                   level.peak(),
                   context.merged.groups[k]};
  const PartsResult& gathered = context.analysis.parts;
  if (gathered.gathered()) part.confidence = gathered.confidence[k];
  if (results.events.empty()) return part;
  part.kind = results.events[k].kind;
  part.num_events = static_cast<Index>(results.events[k].events.size());
  return part;
}

std::vector<Message> all_warnings(const RunContext& context, const RunResults& results) {
  const std::vector<std::string>& of_input = context.input.info.warnings;
  std::vector<Message> warnings(of_input.begin(), of_input.end());
  const std::vector<Message>& of_analysis = context.analysis.warnings;
  warnings.insert(warnings.end(), of_analysis.begin(), of_analysis.end());
  for (std::size_t i = 0; i < context.tracks.size(); ++i) {
    const Index clipped = results.tracks[i].clipped;
    if (clipped == 0) continue;
    warnings.push_back(std::to_string(clipped) + " samples of " + context.tracks[i].file_name +
                       " were clipped to full scale; " + OptionName("format") + " wav keeps them");
  }
  return warnings;
}

}  // namespace

void describe_run(const RunContext& context, RunResults& results) {
  const std::size_t num_parts = context.part_names.size();
  for (std::size_t k = 0; k < num_parts; ++k)
    results.parts.push_back(describe_part(context, results, k));
  const std::size_t residual = num_parts + 1;  // after the mix
  results.residual_db = ratio_db(results.tracks[residual].level.rms(), results.signal_rms);
  for (Message& warning : all_warnings(context, results))
    results.warnings.push_back(std::move(warning));
}

}  // namespace partwise
