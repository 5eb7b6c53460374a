// AnyLengthFft by pocketfft. Its plan class is used instead of its array interface: samples already
// lie side by side, no plan is kept in a global cache, and the compiler's own vectors work on every
// processor, not only on those that pocketfft lists. Without that list its scratch memory comes
// from malloc, whose alignment is enough for our vectors.

// Its zero times the first of n >= 1 values is not an uninitialised one, as g++ suspects. The first
// two lines are for compilers that do not know the third.
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunknown-warning-option"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#define POCKETFFT_NO_MULTITHREADING
#define POCKETFFT_NO_VECTORS
#include PARTWISE_POCKETFFT_HEADER

#include <cstddef>
#include <dsp/any_length_fft.hpp>

namespace partwise {

template <class T>
struct AnyLengthFft<T>::Plan {
  explicit Plan(Index n) : fft(static_cast<std::size_t>(n)) {}

  static_assert(alignof(std::max_align_t) >= kLanes * sizeof(T));
  using Lanes __attribute__((vector_size(kLanes * sizeof(T)))) = T;
  void run(T* data, bool forward) const { fft.exec(reinterpret_cast<Lanes*>(data), T(1), forward); }

  pocketfft::detail::pocketfft_r<T> fft;
};

template <class T>
AnyLengthFft<T>::AnyLengthFft(Index n) : plan_(std::make_shared<const Plan>(n)) {}

template <class T>
void AnyLengthFft<T>::forward(T* data) const {
  plan_->run(data, true);
}

template <class T>
void AnyLengthFft<T>::inverse(T* data) const {
  plan_->run(data, false);
}

template class AnyLengthFft<float>;
template class AnyLengthFft<double>;

}  // namespace partwise
