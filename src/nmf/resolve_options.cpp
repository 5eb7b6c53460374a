#include <algorithm>
#include <nmf/check_arguments.hpp>
#include <nmf/coarse_to_fine.hpp>
#include <nmf/resolve_options.hpp>
#include <string>

namespace partwise::nmf {
namespace {

bool is_nndsvd(Start start) {
  return start == Start::nndsvd || start == Start::nndsvda || start == Start::nndsvdar;
}

}  // namespace

Solver resolve_solver(const FactorizeOptions& options, bool plain_cells) {
  if (options.solver != Solver::automatic) return options.solver;
  if (options.template_frames > 1) return Solver::mu;
  if (options.normalize) return Solver::fast;
  return options.beta == 2 && plain_cells ? Solver::cd : Solver::mu;
}

Start resolve_start(Start start, Index num_components, Index bins, Index frames) {
  const Index most = std::min(bins, frames);
  if (start == Start::automatic) return num_components <= most ? Start::nndsvda : Start::random;
  if (is_nndsvd(start) && num_components > most) {
    refuse("num_components", std::to_string(num_components),
           "at most " + std::to_string(most) +
               " (the smaller of bins and frames) for an nndsvd start; a random start takes more");
  }
  return start;
}

Index stride_of_start(Index bins, Index frames, const FactorizeOptions& options, const Loss& loss) {
  if (options.start != Start::automatic) return 1;
  return plan_coarse(bins, frames, options.num_components, loss, {}).coarsest();
}

}  // namespace partwise::nmf
