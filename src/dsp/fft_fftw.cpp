// AnyLengthFft by FFTW 3 (GPL-2+), for those who accept its licence. Sequences are transformed one
// after the other by one plan on equally aligned memory: FFTW's batches may treat lanes
// differently.
#include <fftw3.h>

#include <dsp/any_length_fft.hpp>
#include <mutex>
#include <partwise/matrix.hpp>
#include <type_traits>

namespace partwise {
namespace {

struct FftwFloat {
  using Plan = fftwf_plan;
  static Plan make(Index n, float* in, float* out, fftwf_r2r_kind kind) {
    return fftwf_plan_r2r_1d(static_cast<int>(n), in, out, kind, FFTW_ESTIMATE);
  }
  static void run(Plan plan, float* in, float* out) { fftwf_execute_r2r(plan, in, out); }
  static void destroy(Plan plan) { fftwf_destroy_plan(plan); }
};

struct FftwDouble {
  using Plan = fftw_plan;
  static Plan make(Index n, double* in, double* out, fftw_r2r_kind kind) {
    return fftw_plan_r2r_1d(static_cast<int>(n), in, out, kind, FFTW_ESTIMATE);
  }
  static void run(Plan plan, double* in, double* out) { fftw_execute_r2r(plan, in, out); }
  static void destroy(Plan plan) { fftw_destroy_plan(plan); }
};

template <class T>
using Fftw = std::conditional_t<std::is_same_v<T, float>, FftwFloat, FftwDouble>;

/// FFTW's planner is the only part of it that two threads must not enter at once.
std::mutex& planner_mutex() {
  static std::mutex mutex;
  return mutex;
}

/// Where FFTW's half-complex order (r0 r1 .. r[n/2] i[(n-1)/2] .. i1) keeps packed row `row`.
Index half_complex_index(Index n, Index row) {
  if (row == 0) return 0;
  const Index bin = (row + 1) / 2;
  return row % 2 == 1 ? bin : n - bin;
}

}  // namespace

template <class T>
struct AnyLengthFft<T>::Plan {
  explicit Plan(Index size) : n(size) {
    Matrix<T> in(n, 1), out(n, 1);
    const std::lock_guard lock(planner_mutex());
    forward = Fftw<T>::make(n, in.data(), out.data(), FFTW_R2HC);
    inverse = Fftw<T>::make(n, in.data(), out.data(), FFTW_HC2R);
  }
  ~Plan() {
    const std::lock_guard lock(planner_mutex());
    Fftw<T>::destroy(forward);
    Fftw<T>::destroy(inverse);
  }
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  Index n;
  typename Fftw<T>::Plan forward;
  typename Fftw<T>::Plan inverse;
};

template <class T>
AnyLengthFft<T>::AnyLengthFft(Index n) : plan_(std::make_shared<const Plan>(n)) {}

template <class T>
void AnyLengthFft<T>::forward(T* data) const {
  const Index n = plan_->n;
  Matrix<T> in(n, 1), out(n, 1);
  for (Index lane = 0; lane < kLanes; ++lane) {
    for (Index i = 0; i < n; ++i) in(i, 0) = data[i * kLanes + lane];
    Fftw<T>::run(plan_->forward, in.data(), out.data());
    for (Index i = 0; i < n; ++i) data[i * kLanes + lane] = out(half_complex_index(n, i), 0);
  }
}

template <class T>
void AnyLengthFft<T>::inverse(T* data) const {
  const Index n = plan_->n;
  Matrix<T> in(n, 1), out(n, 1);
  for (Index lane = 0; lane < kLanes; ++lane) {
    for (Index i = 0; i < n; ++i) in(half_complex_index(n, i), 0) = data[i * kLanes + lane];
    Fftw<T>::run(plan_->inverse, in.data(), out.data());
    for (Index i = 0; i < n; ++i) data[i * kLanes + lane] = out(i, 0);
  }
}

template class AnyLengthFft<float>;
template class AnyLengthFft<double>;

}  // namespace partwise
