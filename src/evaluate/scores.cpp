#include <algorithm>
#include <cmath>
#include <evaluate/best_matching.hpp>
#include <evaluate/toeplitz_projection.hpp>
#include <limits>
#include <partwise/error.hpp>
#include <string>

namespace partwise {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();
// Differences of sums in double precision mean nothing further below them.
constexpr double kPrecision = 1e-14;
constexpr double kSmallest = 1e-300;

/// 10 log10(a / b), where both are parts of `whole`.
double ratio_db(double a, double b, double whole) {
  return 10 * std::log10(std::max(a, kSmallest) / std::max(b, kSmallest + kPrecision * whole));
}

using Members = std::vector<Index>;  ///< signals whose sum is meant

template <class Product>
double sum_of_products(const Members& a, const Members& b, Product product) {
  double sum = 0;
  for (const Index i : a) {
    for (const Index j : b) sum += product(i, j);
  }
  return sum;
}

double mono_energy(const SignalSums& sums, const Members& members) {
  return sum_of_products(members, members,
                         [&](Index a, Index b) { return sums.mono_product(a, b); });
}

Members audible_references(const SignalSums& sums) {
  Members audible;
  for (Index i = 0; i < sums.num_references(); ++i) {
    if (!sums.is_silent(i)) audible.push_back(i);
  }
  return audible;
}

struct Bss {
  double sdr_db = kUndefined;
  double sir_db = kUndefined;
  double sar_db = kUndefined;
};

/// By how much of an estimate's energy lies in the space of its own reference, and of all.
Bss bss_of(double energy, double in_own, double in_all) {
  if (!(energy > 0)) return {};
  return {ratio_db(in_own, energy - in_own, energy), ratio_db(in_own, in_all - in_own, energy),
          ratio_db(in_all, energy - in_all, energy)};
}

double si_sdr(const SignalSums& sums, Index reference, const Members& members) {
  const auto product = [&](Index a, Index b) { return sums.product(a, b); };
  const double energy = sum_of_products(members, members, product);
  const double own = sums.product(reference, reference);
  if (!(energy > 0) || !(own > 0)) return kUndefined;
  const double along = sum_of_products({reference}, members, product);
  const double target = along * along / own;
  return ratio_db(target, energy - target, target);
}

}  // namespace

std::vector<SourceScores> score_sources(const SignalSums& sums, const Assignment& assignment) {
  if (static_cast<Index>(assignment.size()) != sums.num_parts()) {
    throw bad_argument("assignment.size()", assignment.size(), std::to_string(sums.num_parts()));
  }
  std::vector<SourceScores> scores(
      static_cast<std::size_t>(sums.num_references()),
      {kUndefined, kUndefined, kUndefined, kUndefined, kUndefined, kUndefined});
  const Members references = audible_references(sums);
  const Members mixture = {sums.mixture()};
  std::vector<Members> estimates;
  for (const Index reference : references) {
    Members& members = estimates.emplace_back();
    for (Index p = 0; p < sums.num_parts(); ++p) {
      if (assignment[p] == reference) members.push_back(sums.part(p));
    }
  }
  estimates.push_back(mixture);
  const std::vector<double> in_all = projected_energies(sums, references, estimates);
  for (std::size_t i = 0; i < references.size(); ++i) {
    const Members& members = estimates[i];
    const Members pair[] = {members, mixture};
    const std::vector<double> in_own = projected_energies(sums, {&references[i], 1}, pair);
    const Bss bss = bss_of(mono_energy(sums, members), in_own[0], in_all[i]);
    const Bss before = bss_of(mono_energy(sums, mixture), in_own[1], in_all.back());
    const double si = si_sdr(sums, references[i], members);
    scores[references[i]] = {bss.sdr_db,
                             bss.sir_db,
                             bss.sar_db,
                             si,
                             bss.sdr_db - before.sdr_db,
                             si - si_sdr(sums, references[i], mixture)};
  }
  return scores;
}

SourceScores mean_scores(const SignalSums& sums, std::span<const SourceScores> scores) {
  constexpr double SourceScores::* kFields[] = {&SourceScores::sdr_db,
                                                &SourceScores::sir_db,
                                                &SourceScores::sar_db,
                                                &SourceScores::si_sdr_db,
                                                &SourceScores::sdr_improvement_db,
                                                &SourceScores::si_sdr_improvement_db};
  const Members audible = audible_references(sums);
  SourceScores mean;
  for (const auto field : kFields) {
    double sum = 0;
    for (const Index i : audible) {
      const double value = scores[i].*field;
      sum += value > kScoreFloorDb ? value : kScoreFloorDb;  // NaN is below too
    }
    mean.*field = audible.empty() ? kUndefined : sum / static_cast<double>(audible.size());
  }
  return mean;
}

double left_over_db(const SignalSums& sums) {
  const double whole = sums.product(sums.mixture(), sums.mixture());
  const double rest = sums.rest_energy();
  return whole > 0 && rest > 0 ? 10 * std::log10(rest / whole) : kUndefined;
}

Assignment match_by_sir(const SignalSums& sums) {
  if (sums.num_parts() != sums.num_references()) {
    throw bad_argument("num_parts", sums.num_parts(),
                       std::to_string(sums.num_references()) + ": one for each reference");
  }
  const Members references = audible_references(sums);
  std::vector<Members> estimates;
  for (Index p = 0; p < sums.num_parts(); ++p) {
    if (!sums.is_silent(sums.part(p))) estimates.push_back({sums.part(p)});
  }
  const std::vector<double> in_all = projected_energies(sums, references, estimates);
  Matrix<double> sir(static_cast<Index>(estimates.size()), static_cast<Index>(references.size()));
  for (Index i = 0; i < sir.cols(); ++i) {
    const std::vector<double> in_own = projected_energies(sums, {&references[i], 1}, estimates);
    for (Index e = 0; e < sir.rows(); ++e) {
      sir(e, i) = bss_of(mono_energy(sums, estimates[e]), in_own[e], in_all[e]).sir_db;
    }
  }
  Assignment assignment(static_cast<std::size_t>(sums.num_parts()), kNoSource);
  const std::vector<Index> matched = best_matching(sir);
  for (std::size_t e = 0; e < estimates.size(); ++e) {
    if (matched[e] < 0) continue;
    assignment[estimates[e].front() - sums.num_references()] = references[matched[e]];
  }
  return assignment;
}

}  // namespace partwise
