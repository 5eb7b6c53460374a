// V as an 8-bit picture: equal shares of frames across, log-frequency upwards.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <partwise/error.hpp>
#include <partwise/report.hpp>
#include <string>

namespace partwise {
namespace {

constexpr double kLowestHz = 32.7;  // C1, about the lowest note of a bass
constexpr double kRangeDb = 80;     // what a screen can show, and librosa's depth
constexpr int kLevels = 255;        // the steps of a byte

/// Where one row of the picture reads from.
struct Row {
  Index first = 0, last = 0;  ///< bins [first, last]
  float share = -1;           ///< in [0, 1]: interpolates from first to last; -1: the loudest
};

std::vector<Row> rows_of(const SpectrogramPicture& picture, double bin_hz, Index bins) {
  std::vector<Row> rows(static_cast<std::size_t>(picture.height));
  const double low = picture.hz_min / bin_hz;
  const double octaves = std::log2(picture.hz_max / picture.hz_min);
  const auto bin_at = [&](double row) {
    return low * std::exp2(octaves * row / static_cast<double>(picture.height));
  };
  for (Index r = 0; r < picture.height; ++r) {
    const double from = bin_at(static_cast<double>(r)), to = bin_at(static_cast<double>(r + 1));
    auto& row = rows[static_cast<std::size_t>(r)];
    if (to - from >= 1) {
      // Each bin's centre lies under one row; the highest bin is the upper edge of the last row.
      const bool top = r + 1 == picture.height;
      row.first = std::min(static_cast<Index>(std::ceil(from)), bins - 1);
      row.last =
          top ? bins - 1 : std::clamp(static_cast<Index>(std::ceil(to)) - 1, row.first, bins - 1);
    } else {
      // The bin whose centre lies under the row, so that none is lost, or else between two.
      const double within =
          std::ceil(from) < to ? std::ceil(from) : bin_at(static_cast<double>(r) + 0.5);
      const double at = std::min(within, static_cast<double>(bins - 1));
      row.first = static_cast<Index>(at);
      row.last = std::min(row.first + 1, bins - 1);
      row.share = static_cast<float>(at - static_cast<double>(row.first));
    }
  }
  return rows;
}

/// Decibels below a peak as 0..255.
class Scale {
 public:
  Scale(float peak, int power)
      : peak_(peak), per_decade_(static_cast<float>(kLevels * (power == 1 ? 20 : 10) / kRangeDb)) {}

  [[nodiscard]] float operator()(float value) const {
    if (!(value > 0)) return 0;
    // A difference of logarithms: the quotient of two subnormal numbers is inexact.
    const float level = kLevels + per_decade_ * (std::log10(value) - std::log10(peak_));
    return std::clamp(level, 0.0F, static_cast<float>(kLevels));
  }

 private:
  float peak_, per_decade_;
};

/// maximum[i] becomes the loudest of column[i] over frames [first, last).
void loudest_of_frames(MatrixView<const float> v, Index first, Index last, Index from_bin,
                       std::vector<float>& maximum) {
  std::copy_n(v.column(first), v.rows, maximum.data());
  for (Index t = first + 1; t < last; ++t) {
    const float* column = v.column(t);
    float* out = maximum.data();
    for (Index f = from_bin; f < v.rows; ++f) out[f] = out[f] < column[f] ? column[f] : out[f];
  }
}

float peak_of(MatrixView<const float> v, Index from_bin) {
  std::vector<float> maximum(static_cast<std::size_t>(v.rows));
  loudest_of_frames(v, 0, v.cols, from_bin, maximum);
  return *std::max_element(maximum.begin() + from_bin, maximum.end());
}

void draw(MatrixView<const float> v, const std::vector<Row>& rows, const Scale& scale,
          SpectrogramPicture& picture) {
  const Index from_bin = rows.front().first;
  std::vector<float> loudest(static_cast<std::size_t>(v.rows)), level(loudest.size());
  // Rows that interpolate lie lowest and need the levels of their bins; the others need one each.
  Index levels_to = from_bin;
  for (const auto& row : rows) {
    if (row.share >= 0) levels_to = std::max(levels_to, row.last + 1);
  }
  for (Index c = 0; c < picture.width; ++c) {
    loudest_of_frames(v, c * v.cols / picture.width, (c + 1) * v.cols / picture.width, from_bin,
                      loudest);
    for (Index f = from_bin; f < levels_to; ++f) level[f] = scale(loudest[f]);
    for (Index r = 0; r < picture.height; ++r) {
      const auto& row = rows[static_cast<std::size_t>(r)];
      const float shown = row.share >= 0
                              ? level[row.first] + row.share * (level[row.last] - level[row.first])
                              : scale(*std::max_element(loudest.begin() + row.first,
                                                        loudest.begin() + row.last + 1));
      picture.pixels[static_cast<std::size_t>(r * picture.width + c)] =
          static_cast<std::uint8_t>(shown + 0.5F);
    }
  }
}

void check(int power, double bin_hz, double frame_seconds, Index max_width, Index max_height) {
  if (power != 1 && power != 2) throw bad_argument("power", power, "1 or 2");
  if (!(bin_hz > 0)) throw bad_argument("bin_hz", bin_hz, "(0, inf)");
  if (!(frame_seconds > 0)) throw bad_argument("frame_seconds", frame_seconds, "(0, inf)");
  if (max_width < 1) throw bad_argument("max_width", max_width, "[1, inf)");
  if (max_height < 1) throw bad_argument("max_height", max_height, "[1, inf)");
}

}  // namespace

SpectrogramPicture make_spectrogram_picture(MatrixView<const float> v, int power, double bin_hz,
                                            double frame_seconds, Index max_width,
                                            Index max_height) {
  check(power, bin_hz, frame_seconds, max_width, max_height);
  SpectrogramPicture picture;
  picture.duration_s = static_cast<double>(v.cols) * frame_seconds;
  picture.db_min = -kRangeDb;
  if (v.rows < 2 || v.cols < 1) return picture;
  picture.hz_max = static_cast<double>(v.rows - 1) * bin_hz;
  picture.hz_min = std::min(std::max(kLowestHz, bin_hz), picture.hz_max);
  picture.width = std::min(v.cols, max_width);
  picture.height = picture.hz_min < picture.hz_max ? max_height : 1;
  picture.pixels.resize(static_cast<std::size_t>(picture.width * picture.height));
  const auto rows = rows_of(picture, bin_hz, v.rows);
  const float peak = peak_of(v, rows.front().first);
  if (!(peak > 0) || !std::isfinite(peak)) return picture;
  picture.reference = power == 1 ? peak : std::sqrt(static_cast<double>(peak));
  draw(v, rows, Scale(peak, power), picture);
  return picture;
}

}  // namespace partwise
