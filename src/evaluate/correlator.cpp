#include <algorithm>
#include <evaluate/correlator.hpp>

namespace partwise {
namespace {

constexpr Index kSpectrum = Correlator::kFft * Correlator::kLanes;

}  // namespace

Correlator::Correlator(Index num_references, Index num_signals)
    : num_references_(num_references),
      fft_(kFft),
      references_(kSpectrum * kGroups, num_references),
      sums_(kSpectrum, num_references * num_signals) {}

/// Blocks of `length` samples, kBlock apart, side by side: those of one group.
void Correlator::transform(const double* samples, Index count, Index length, Index group,
                           double* spectra) const {
  Matrix<double> lanes(kSpectrum, 1);
  for (Index lane = 0; lane < kLanes; ++lane) {
    const Index first = (group * kLanes + lane) * kBlock;
    const Index present = std::clamp<Index>(count - first, 0, length);
    for (Index i = 0; i < present; ++i) lanes.data()[i * kLanes + lane] = samples[first + i];
  }
  fft_.forward(lanes.data(), spectra);
}

void Correlator::set_reference(Index reference, const double* samples, Index count) {
  for (Index group = 0; group < kGroups; ++group) {
    transform(samples, count, kBlock, group, references_.column(reference) + group * kSpectrum);
  }
}

/// conj(reference) times signal, bin by bin, as Rfft packs them.
void Correlator::accumulate(const double* reference, const double* signal, double* sums) const {
  const auto add_real = [&](Index row) {
    for (Index i = row * kLanes; i < (row + 1) * kLanes; ++i) sums[i] += reference[i] * signal[i];
  };
  add_real(0);
  for (Index row = 1; row + 1 < kFft; row += 2) {
    const double* s = reference + row * kLanes;
    const double* x = signal + row * kLanes;
    double* out = sums + row * kLanes;
    double re[kLanes], im[kLanes];  // apart from `out`, so that all lanes go at once
    for (Index i = 0; i < kLanes; ++i) re[i] = s[i] * x[i] + s[kLanes + i] * x[kLanes + i];
    for (Index i = 0; i < kLanes; ++i) im[i] = s[i] * x[kLanes + i] - s[kLanes + i] * x[i];
    for (Index i = 0; i < kLanes; ++i) out[i] += re[i];
    for (Index i = 0; i < kLanes; ++i) out[kLanes + i] += im[i];
  }
  add_real(kFft - 1);
}

void Correlator::add_signal(Index signal, const double* samples, Index count) {
  Matrix<double> spectra(kSpectrum, 1);
  for (Index group = 0; group < kGroups; ++group) {
    if (group * kLanes * kBlock >= count) break;
    transform(samples, count, kFft, group, spectra.data());
    for (Index r = 0; r < num_references_; ++r) {
      accumulate(references_.column(r) + group * kSpectrum, spectra.data(),
                 sums_.column(r + num_references_ * signal));
    }
  }
}

void Correlator::add_to(Matrix<double>& out) const {
  Matrix<double> spectra(kSpectrum, 1), samples(kSpectrum, 1);
  for (Index first = 0; first < sums_.cols(); first += kLanes) {
    const Index count = std::min(kLanes, sums_.cols() - first);
    for (Index pair = 0; pair < count; ++pair) {
      const double* sums = sums_.column(first + pair);
      for (Index row = 0; row < kFft; ++row) {
        double sum = 0;
        for (Index lane = 0; lane < kLanes; ++lane) sum += sums[row * kLanes + lane];
        spectra.data()[row * kLanes + pair] = sum;
      }
    }
    fft_.inverse(spectra.data(), samples.data());
    for (Index pair = 0; pair < count; ++pair) {
      double* column = out.column(first + pair);
      for (Index lag = 0; lag < out.rows(); ++lag) {
        column[lag] += samples.data()[lag * kLanes + pair] / static_cast<double>(kFft);
      }
    }
  }
}

}  // namespace partwise
