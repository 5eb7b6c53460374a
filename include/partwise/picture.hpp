#pragma once
#include <optional>
#include <partwise/enum_words.hpp>
#include <partwise/image.hpp>
#include <partwise/index.hpp>
#include <partwise/matrix.hpp>
#include <partwise/range.hpp>
#include <string>
#include <vector>

namespace partwise {

enum class ColourMap { magma, coolwarm, grey };

template <>
struct EnumWords<ColourMap> {
  static constexpr Word<ColourMap> list[] = {
      {"magma", ColourMap::magma}, {"coolwarm", ColourMap::coolwarm}, {"grey", ColourMap::grey}};
};

// What the numbers of SpectrogramPlot may be.
inline constexpr Range<Index> kPixelsRange{200, 20000};  // room for the axes; 1.2 GB
inline constexpr Range<double> kHertzRange{1, 500'000};
inline constexpr Range<double> kDepthRange{1, 300};  // beyond, single precision shows nothing

/// How a spectrogram is drawn.
struct SpectrogramPlot {
  Index width = 1200, height = 600;      ///< of the whole picture, in pixels, kPixelsRange each
  std::optional<double> hz_min, hz_max;  ///< kHertzRange; not given: all (from C1 on a log axis)
  double depth_db = 80;                  ///< from the loudest cell down, kDepthRange
  bool logarithmic = true;
  ColourMap colours = ColourMap::magma;
  std::string title;  ///< beyond ASCII a letter is a question mark
};

/// V [F x T] (magnitudes for power = 1, their squares for 2) in decibels below its loudest cell,
/// with axes, ticks, units and a colour bar. Throws Error(usage) where sizes or ranges are out of
/// bounds.
[[nodiscard]] Image draw_spectrogram(MatrixView<const float> v, int power, double bin_hz,
                                     double frame_seconds, const SpectrogramPlot& plot);

/// Every column of W [F x K] in decibels below its peak over log frequency, one panel each.
[[nodiscard]] Image draw_spectra(MatrixView<const float> w, int power, double bin_hz,
                                 const std::vector<std::string>& names);

/// Every row of H [K x T] over time, one panel each, from 0 to its peak.
[[nodiscard]] Image draw_activations(MatrixView<const float> h, double frame_seconds,
                                     const std::vector<std::string>& names);

}  // namespace partwise
