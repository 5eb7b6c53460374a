#pragma once
#include <partwise/enum_words.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <string>
#include <vector>

namespace partwise {

/// In which order components are numbered.
enum class SortOrder {
  peak,    ///< by the bin of the template's maximum, low to high; equal ones keep their order
  energy,  ///< by share of the energy, high to low
  onset,   ///< by first onset, early to late; silent ones last
  none,    ///< as the solver left them
};

template <>
struct EnumWords<SortOrder> {
  static constexpr Word<SortOrder> list[] = {{"peak", SortOrder::peak},
                                             {"energy", SortOrder::energy},
                                             {"onset", SortOrder::onset},
                                             {"none", SortOrder::none}};
};

/// What a component sounds like and when.
struct ComponentDescription {
  double peak_hz = 0;  ///< frequency of the template's maximum; NaN for a silent component
  Index peak_bin = 0;
  std::string note;          ///< the nearest equal-tempered note at A4 = 440 Hz, "A2"; "" if none
  double energy_share = 0;   ///< of sum (W_k H_k)^2 over all components' sums, [0, 1]
  double first_onset_s = 0;  ///< see first_onset_frame(); NaN for a silent component
};

/// The equal-tempered note nearest to `frequency_hz` (A4 = 440 Hz), sharps, "C4" is middle C;
/// "" unless 8 Hz <= frequency <= 20 kHz.
[[nodiscard]] std::string note_name(double frequency_hz);

/// The first frame in which the activation reaches a quarter of its maximum; -1 if it is all zero.
[[nodiscard]] Index first_onset_frame(MatrixView<const float> h, Index component);

/// One description per component of W [F x K], H [K x T].
/// frame_seconds = hop_length / sample rate, bin_hz = sample rate / n_fft.
[[nodiscard]] std::vector<ComponentDescription> describe_components(MatrixView<const float> w,
                                                                    MatrixView<const float> h,
                                                                    double bin_hz,
                                                                    double frame_seconds);

/// order[i] is the component that becomes number i.
[[nodiscard]] std::vector<Index> component_order(
    const std::vector<ComponentDescription>& descriptions, SortOrder sort);

/// Pairs of components that are nearly the same: cosine of templates and of activations both above
/// `threshold`. Such a pair means that fewer components would do.
struct SimilarPair {
  Index first = 0;
  Index second = 0;
};
[[nodiscard]] std::vector<SimilarPair> similar_components(MatrixView<const float> w,
                                                          MatrixView<const float> h,
                                                          double threshold = 0.98);

}  // namespace partwise
