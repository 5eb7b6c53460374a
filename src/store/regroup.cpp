#include <options/merge_text.hpp>
#include <options/option_parsing.hpp>
#include <partwise/error.hpp>
#include <store/regroup.hpp>
#include <utility>

namespace partwise {
namespace {

/// What numbers of parts stand for: the groups of a run that gathered its components, else those
/// components themselves, so that a merge of theirs can be undone.
PartGroups numbered_parts(const StoredRun& run) {
  return part_groups(run.parts.groups, run.factors.w.cols());
}

std::string range_of(const StoredRun& run, std::size_t num_parts) {
  return "numbers of parts of " + run.folder + ", 0.." +
         json_integer(static_cast<Index>(num_parts) - 1);
}

void add_merged(const StoredRun& run, const PartGroups& merges, const PartGroups& parts,
                std::vector<bool>& done, PartGroups& out) {
  const auto num_parts = static_cast<Index>(parts.size());
  for (const auto& merge : merges) {
    out.emplace_back();
    for (const Index part : merge) {
      if (part >= num_parts) {
        throw bad_argument("merge", merge_text(merges), range_of(run, parts.size()));
      }
      out.back().insert(out.back().end(), parts[part].begin(), parts[part].end());
      done[part] = true;
    }
  }
}

void add_split(const StoredRun& run, const std::vector<PartSplit>& splits, const PartGroups& parts,
               std::vector<bool>& done, PartGroups& out) {
  const std::string text = split_text(splits);
  if (!run.parts.gathered()) {
    throw bad_argument(
        "split", text,
        "none: the parts of " + run.folder + " were not merged by " + OptionName("parts"));
  }
  for (const PartSplit& split : splits) {
    if (split.part >= static_cast<Index>(parts.size())) {
      throw bad_argument("split", text, range_of(run, parts.size()));
    }
    const std::string name = "part " + json_integer(split.part);
    if (done[split.part]) {
      throw bad_argument("split", text,
                         "parts that " + OptionName("merge") + " does not name, unlike " + name);
    }
    const auto& group = parts[split.part];
    const auto size = static_cast<Index>(group.size());
    if (size == 1) {
      throw bad_argument("split", text, "parts of several components: " + name + " is one alone");
    }
    if (split.count > size) {
      throw bad_argument(
          "split", text,
          "at most " + json_integer(size) + " of " + name + ", which has so many components");
    }
    for (auto& piece : split_group(run.parts.tree, run.factors.w.cols(), group, split.count)) {
      out.push_back(std::move(piece));
    }
    done[split.part] = true;
  }
}

}  // namespace

PartGroups regrouped(const StoredRun& run, const RunOptions& options) {
  const PartGroups parts = numbered_parts(run);
  std::vector<bool> done(parts.size());
  PartGroups out;
  add_merged(run, options.analysis.separate.groups, parts, done, out);
  if (!options.splits.empty()) add_split(run, options.splits, parts, done, out);
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (!done[part]) out.push_back(parts[part]);
  }
  return part_groups(out, run.factors.w.cols());
}

}  // namespace partwise
