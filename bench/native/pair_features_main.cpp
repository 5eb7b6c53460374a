// What pairs of components have in common, and which source each is of: what
// bench/learn_similarity.py learns from.
//
// usage: partwise_bench_pairs MIX.wav STEM.wav...
//
// Takes the mixture apart as --parts K --method merge does, K the number of stems, and prints one
// line of JSON: names of the features; for each pair of components that sound, `pairs` (their
// numbers) and `features`; for each component `energies`, the root of the energy of every stem in
// its mask.
#include <cstdio>
#include <exception>
#include <nlohmann/json.hpp>
#include <parts/component_features.hpp>
#include <parts/pair_features.hpp>
#include <partwise/audio_file.hpp>
#include <partwise/decompose.hpp>
#include <partwise/error.hpp>
#include <string>
#include <vector>

namespace partwise::bench {
namespace {

using nlohmann::json;

Signal read_sound(const std::string& path) {
  const auto source = open_file(path);
  return decode_wav(*source, {}, RunControl()).signal;
}

Analysis analyse_for_parts(const Signal& mix, Index num_sources, Reducer& reducer) {
  constexpr double kMaskExponent = 1.5;
  constexpr Index kIterations = 150;
  AnalysisOptions options;
  options.parts.num_parts = num_sources;
  options.parts.method = PartMethod::merge;
  options.separate.mask_exponent = kMaskExponent;
  options.factorize.max_iterations = kIterations;
  return analyse(mix, options, nullptr, reducer, {});
}

/// `pairs` and `features` of all components that sound.
void add_pairs(const Analysis& analysis, Reducer& reducer, json& out) {
  const SimilarityOptions similarity{analysis.bin_hz(), analysis.frame_seconds()};
  const auto components = parts::component_features(analysis.w, analysis.h, similarity, reducer);
  out["pairs"] = out["features"] = json::array();
  for (std::size_t j = 0; j < components.size(); ++j) {
    for (std::size_t i = 0; i < j; ++i) {
      if (components[i].is_silent || components[j].is_silent) continue;
      out["pairs"].push_back({i, j});
      out["features"].push_back(parts::pair_features(components[i], components[j]));
    }
  }
}

/// [stem][component]: the root of the energy of a stem in the mask of a component.
json stem_energies(const Analysis& analysis, const std::vector<std::string>& stems,
                   Reducer& reducer) {
  json out = json::array();
  for (const std::string& path : stems) {
    const auto v =
        magnitude_spectrogram<float>(read_sound(path), analysis.stft(), 1, reducer, RunControl());
    out.push_back(mask_energies(v, analysis.w, analysis.h, *analysis.options.separate.mask_exponent,
                                reducer));
  }
  return out;
}

void run(const std::vector<std::string>& arguments) {
  if (arguments.size() < 3) throw Error(ErrorCode::usage, "expected MIX.wav and two stems or more");
  const std::vector<std::string> stems(arguments.begin() + 1, arguments.end());
  Reducer reducer(1);
  const Analysis analysis =
      analyse_for_parts(read_sound(arguments[0]), static_cast<Index>(stems.size()), reducer);
  json out;
  out["names"] = parts::kPairFeatureNames;
  add_pairs(analysis, reducer, out);
  out["energies"] = stem_energies(analysis, stems, reducer);
  std::printf("%s\n", out.dump().c_str());
}

}  // namespace
}  // namespace partwise::bench

int main(int argc, char** argv) {
  try {
    partwise::bench::run({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
