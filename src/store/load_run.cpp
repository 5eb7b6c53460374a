#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <options/option_parsing.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/outputs.hpp>
#include <partwise/stored_run.hpp>
#include <span>
#include <store/factors_npz.hpp>
#include <store/option_json.hpp>
#include <store/stored_parts.hpp>
#include <store/summary.hpp>
#include <type_traits>
#include <utility>

namespace partwise {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kMostSummaryBytes = 64 << 20;  // 4096 parts take 1 MB

std::string read_text(const std::string& path) {
  const auto source = open_file(path);
  if (source->size() > kMostSummaryBytes) {
    throw Error(ErrorCode::malformed, path + ": " + std::to_string(source->size()) +
                                          " bytes, expected the summary of a run");
  }
  std::string text(static_cast<std::size_t>(source->size()), '\0');
  text.resize(source->read_at(0, std::as_writable_bytes(std::span(text))));
  return text;
}

/// An integer, or lists of lists of them: a fraction or 1e300 would be made an integer in silence.
bool holds_integers(const Json& value, int levels = 2) {
  if (!value.is_array()) return value.is_number_integer();
  return levels > 0 && std::all_of(value.begin(), value.end(), [=](const Json& element) {
           return holds_integers(element, levels - 1);
         });
}

/// A summary, whose fields are asked for by name.
class Summary {
 public:
  explicit Summary(std::string path) : path_(std::move(path)) {
    json_ = Json::parse(read_text(path_), nullptr, /*allow_exceptions=*/false);
    if (!json_.is_object()) throw_malformed("it is no JSON object");
  }

  template <class Value>
  [[nodiscard]] Value get(const char* pointer) const {
    constexpr bool counts = std::is_integral_v<Value> || std::is_same_v<Value, PartGroups>;
    try {
      const Json& value = json_.at(Json::json_pointer(pointer));
      if (!counts || holds_integers(value)) return value.get<Value>();
    } catch (const Json::exception&) {  // NOLINT(bugprone-empty-catch): said below
    }
    throw_malformed(std::string(pointer + 1) + " is missing or of another kind");
  }
  /// Is it there, and not null? What an older summary lacks is not.
  [[nodiscard]] bool has(const char* pointer) const {
    const Json::json_pointer at(pointer);
    return json_.contains(at) && !json_.at(at).is_null();
  }
  [[nodiscard]] double number_or_nan(const char* pointer) const {
    if (get<Json>(pointer).is_null()) return std::numeric_limits<double>::quiet_NaN();
    return get<double>(pointer);
  }

  [[noreturn]] void throw_malformed(const std::string& what) const {
    throw Error(ErrorCode::malformed, path_ + ": " + what);
  }

 private:
  std::string path_;
  Json json_;
};

RunOptions stored_options(const Summary& summary) {
  const auto stored = summary.get<Json>("/options");
  if (!stored.is_object()) summary.throw_malformed("options is no object");
  std::vector<GivenOption> given;
  for (const OptionSpec* spec : options_of(Command::decompose)) {
    const auto found = stored.find(std::string(spec->name));
    if (found == stored.end() || spec->use.reach < OptionReach::parts) continue;
    given.push_back({spec, option_value(*found)});
  }
  try {
    return with_options({}, given);
  } catch (const Error& error) {
    summary.throw_malformed(error.what());
  }
}

/// Where the groups of the components stand; nullptr: every component is a part.
const char* groups_pointer(const Summary& summary) {
  if (!summary.get<Json>("/resynth").is_null()) return "/resynth/merge";
  return summary.has("/grouping") ? "/grouping/groups" : nullptr;
}

PartGroups groups_of(const Summary& summary, Index num_components) {
  const char* pointer = groups_pointer(summary);
  if (pointer == nullptr) return {};
  const auto groups = summary.get<PartGroups>(pointer);
  try {
    (void)part_groups(groups, num_components);
  } catch (const Error& error) {
    summary.throw_malformed(error.what());
  }
  return groups;
}

/// Every node but the last goes into one merge, and a merge stands behind what it joins.
std::vector<Merge> tree_of(const Summary& summary, Index num_components) {
  std::vector<Merge> tree;
  const auto list = summary.get<Json>("/grouping/tree");
  const auto wrong = [&] {
    summary.throw_malformed("grouping/tree is not " + std::to_string(num_components - 1) +
                            " merges of nodes that are there, each once");
  };
  if (!list.is_array() || static_cast<Index>(list.size()) != num_components - 1) wrong();
  std::vector<bool> used(static_cast<std::size_t>(2 * num_components));
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string pointer = "/grouping/tree/" + std::to_string(i);
    const Merge merge{summary.get<Index>((pointer + "/first").c_str()),
                      summary.get<Index>((pointer + "/second").c_str()),
                      summary.get<double>((pointer + "/log_odds").c_str())};
    const Index made = num_components + static_cast<Index>(i);
    if (merge.first < 0 || merge.second >= made || merge.first >= merge.second) wrong();
    if (used[merge.first] || used[merge.second]) wrong();
    used[merge.first] = used[merge.second] = true;
    tree.push_back(merge);
  }
  return tree;
}

PartMethod method_of(const Summary& summary) {
  const auto word = summary.get<std::string>("/grouping/method");
  const auto method = enum_value<PartMethod>(word);
  if (method && *method != PartMethod::automatic) return *method;
  summary.throw_malformed("grouping/method = " + word + ", expected plain, merge or drums");
}

/// Confidence and names are told anew, from the factors.
PartsResult parts_of(const Summary& summary, const PartGroups& groups, Index num_components) {
  PartsResult out;
  if (!summary.has("/grouping")) return out;
  out.method = method_of(summary);
  out.percussive_share = summary.number_or_nan("/grouping/percussive_share");
  out.percussive_threshold = summary.number_or_nan("/grouping/percussive_threshold");
  out.groups = part_groups(groups, num_components);
  out.tree = tree_of(summary, num_components);
  out.suggestion_curve = summary.get<std::vector<double>>("/grouping/suggestion_curve");
  return out;
}

StopReason stop_reason_of(const Summary& summary) {
  const auto word = summary.get<std::string>("/factorization/stop_reason");
  if (const auto reason = enum_value<StopReason>(word)) return *reason;
  summary.throw_malformed("factorization/stop_reason = " + word +
                          ", expected tolerance, max_iterations, stopped or silent_input");
}

}  // namespace

std::vector<StoredPart> stored_parts(const std::string& folder) {
  const Summary summary(folder + "/summary.json");
  const auto listed = summary.get<Json>("/parts");
  std::vector<StoredPart> parts;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    const std::string at = "/parts/" + std::to_string(i);
    StoredPart part{summary.get<std::string>((at + "/name").c_str()),
                    summary.get<std::string>((at + "/file").c_str())};
    if (part.file.empty() || part.file.starts_with('.') ||
        part.file != last_path_component(part.file)) {
      summary.throw_malformed("parts/" + std::to_string(i) + "/file = " + part.file +
                              ", expected the name of a file beside it");
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

StoredRun load_run(const std::string& folder) {
  const Summary summary(folder + "/summary.json");
  constexpr int kSchemaVersion = 1;
  if (const int version = summary.get<int>("/schema_version"); version != kSchemaVersion) {
    summary.throw_malformed("schema_version = " + std::to_string(version) + ", expected 1");
  }
  StoredRun run;
  run.folder = folder;
  run.input_name = summary.get<std::string>("/input/name");
  run.input_sha256 = summary.get<std::string>("/input/sha256");
  run.options = stored_options(summary);
  run.sample_rate_hz = summary.get<double>("/analysed/rate");
  run.num_channels = summary.get<Index>("/analysed/channels");
  run.num_samples = summary.get<Index>("/analysed/samples");
  run.iterations = summary.get<Index>("/factorization/iterations");
  run.stop_reason = stop_reason_of(summary);
  run.model_residual_db = summary.number_or_nan("/model_residual_db");
  read_stored_factors(folder + "/factors.npz", run.factors, run.objective);
  const Index num_components = run.factors.w.cols();
  run.options.analysis.factorize.num_components = num_components;
  const PartGroups groups = groups_of(summary, num_components);
  run.options.analysis.separate.groups = groups;
  run.parts = parts_of(summary, groups, num_components);
  if (run.parts.method == PartMethod::drums)
    run.parts.refinement = read_stored_refinement(folder + "/factors.npz");
  return run;
}

}  // namespace partwise
