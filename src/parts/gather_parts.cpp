#include <cmath>
#include <parts/describe_parts.hpp>
#include <partwise/describe.hpp>
#include <partwise/parts.hpp>

namespace partwise {

PartsResult gather_parts(MatrixView<const float> v, MatrixView<const float> w,
                         MatrixView<const float> h, const PartsOptions& options,
                         const SimilarityOptions& similarity, double mask_exponent,
                         Reducer& reducer) {
  PartsResult out;
  out.method = options.method;
  const auto log_odds = same_source_log_odds(w, h, similarity, reducer);
  out.tree =
      merge_tree(log_odds, mask_energies(v, w, h, mask_exponent, reducer), *options.num_parts);
  out.groups = cut_tree(out.tree, w.cols, *options.num_parts);
  parts::tell_of_groups(w, h,
                        describe_components(w, h, similarity.bin_hz, similarity.frame_seconds),
                        similarity.bin_hz, out);
  return out;
}

}  // namespace partwise
