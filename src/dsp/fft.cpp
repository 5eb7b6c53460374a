#include <algorithm>
#include <bit>
#include <cstdint>
#include <dsp/any_length_fft.hpp>
#include <dsp/fft.hpp>
#include <dsp/power_of_two_plan.hpp>
#include <optional>
#include <partwise/matrix.hpp>

namespace partwise {
namespace {

bool has_own_passes(Index n) {
  return n >= PowerOfTwoPlan<float>::kSmallest &&
         std::has_single_bit(static_cast<std::uint64_t>(n));
}

}  // namespace

template <class T>
struct Rfft<T>::Plan {
  explicit Plan(Index size) : n(size) {
    if (has_own_passes(n)) {
      own.emplace(n);
    } else {
      library.emplace(n);
    }
  }

  /// Some lanes at a time, copied side by side for the library.
  template <class Transform>
  void by_library(const T* in, T* out, const Transform& transform) const {
    constexpr Index kPart = AnyLengthFft<T>::kLanes;
    Matrix<T> part(n * kPart, 1);
    for (Index lane = 0; lane < kLanes; lane += kPart) {
      for (Index i = 0; i < n; ++i) {
        std::copy_n(in + i * kLanes + lane, kPart, part.data() + i * kPart);
      }
      transform(part.data());
      for (Index i = 0; i < n; ++i) {
        std::copy_n(part.data() + i * kPart, kPart, out + i * kLanes + lane);
      }
    }
  }

  Index n;
  std::optional<PowerOfTwoPlan<T>> own;
  std::optional<AnyLengthFft<T>> library;
};

template <class T>
Rfft<T>::Rfft(Index n) : plan_(std::make_shared<const Plan>(n)) {}

template <class T>
void Rfft<T>::forward(T* samples, T* spectra) const {
  if (plan_->own) {
    lane_kernels<T>().forward(plan_->own->tables(), samples, spectra);
  } else {
    plan_->by_library(samples, spectra, [&](T* part) { plan_->library->forward(part); });
  }
}

template <class T>
void Rfft<T>::inverse(const T* spectra, T* samples, const T* gains) const {
  if (plan_->own) {
    lane_kernels<T>().inverse(plan_->own->tables(), spectra, gains, samples);
    return;
  }
  if (gains != nullptr) {
    for (Index row = 0; row < plan_->n; ++row) {
      const T* gain = gains + (row + 1) / 2 * kLanes;
      for (Index lane = 0; lane < kLanes; ++lane) {
        samples[row * kLanes + lane] = spectra[row * kLanes + lane] * gain[lane];
      }
    }
    spectra = samples;
  }
  plan_->by_library(spectra, samples, [&](T* part) { plan_->library->inverse(part); });
}

template class Rfft<float>;
template class Rfft<double>;

}  // namespace partwise
