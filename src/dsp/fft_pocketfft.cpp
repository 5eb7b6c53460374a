// Rfft by pocketfft. Its plan class is used instead of its array interface: samples already lie
// side by side, no plan is kept in a global cache, and the compiler's own vectors work on every
// processor, not only on those that pocketfft lists.
#define POCKETFFT_NO_MULTITHREADING
#include PARTWISE_POCKETFFT_HEADER

#include <cstddef>
#include <dsp/fft.hpp>

namespace partwise {

template <class T>
struct Rfft<T>::Plan {
  explicit Plan(Index n) : fft(static_cast<std::size_t>(n)) {}

  using Lanes __attribute__((vector_size(kLanes * sizeof(T)))) = T;
  void run(T* data, bool forward) const { fft.exec(reinterpret_cast<Lanes*>(data), T(1), forward); }

  pocketfft::detail::pocketfft_r<T> fft;
};

template <class T>
Rfft<T>::Rfft(Index n) : plan_(std::make_shared<const Plan>(n)) {}

template <class T>
void Rfft<T>::forward(T* data) const {
  plan_->run(data, true);
}

template <class T>
void Rfft<T>::inverse(T* data) const {
  plan_->run(data, false);
}

template class Rfft<float>;
template class Rfft<double>;

}  // namespace partwise
