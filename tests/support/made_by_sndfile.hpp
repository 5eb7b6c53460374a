#pragma once
// Files as other programs write them: through libsndfile, not through partwise.
#include <gtest/gtest.h>
#include <sndfile.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>
#include <partwise/audio_file.hpp>
#include <support/memory_stream.hpp>
#include <vector>

namespace partwise::test {

inline Matrix<float> tone(Index rows, Index cols) {
  Matrix<float> out(rows, cols);
  for (Index c = 0; c < cols; ++c) {
    for (Index r = 0; r < rows; ++r) {
      const double phase = 2 * std::numbers::pi * 440 * static_cast<double>(r) / 44100;
      // On the 16-bit grid, so that every format of 16 bits or more holds it exactly.
      out(r, c) =
          static_cast<float>(std::round(16384 * std::sin(phase + static_cast<double>(c))) / 32768);
    }
  }
  return out;
}

/// A file made by libsndfile itself, as other programs would.
inline Bytes made_by_sndfile(const Matrix<float>& samples, int format, int rate = 44100,
                             const AudioTags& tags = {}) {
  const std::string path = testing::TempDir() + "partwise-made-" + std::to_string(::getpid());
  SF_INFO info{};
  info.samplerate = rate;
  info.channels = static_cast<int>(samples.cols());
  info.format = format;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  EXPECT_NE(file, nullptr) << sf_strerror(nullptr);
  const auto set = [&](int which, const std::string& text) {
    if (!text.empty()) sf_set_string(file, which, text.c_str());
  };
  set(SF_STR_TITLE, tags.title);
  set(SF_STR_ARTIST, tags.artist);
  set(SF_STR_COMMENT, tags.comment);
  // From float libsndfile multiplies by 32767; as integers the samples arrive as they are.
  const int subtype = format & SF_FORMAT_SUBMASK;
  const bool as_float = subtype == SF_FORMAT_FLOAT || subtype == SF_FORMAT_VORBIS ||
                        subtype == SF_FORMAT_OPUS || subtype == SF_FORMAT_MPEG_LAYER_III;
  constexpr Index kBlockRows = 4096;  // one large write of Ogg crashes libsndfile
  for (Index first = 0; first < samples.rows(); first += kBlockRows) {
    const Index end = std::min(first + kBlockRows, samples.rows());
    std::vector<float> floats;
    std::vector<int> integers;
    for (Index r = first; r < end; ++r) {
      for (Index c = 0; c < samples.cols(); ++c) {
        floats.push_back(samples(r, c));
        integers.push_back(as_float ? 0 : static_cast<int>(samples(r, c) * 2147483648.0));
      }
    }
    EXPECT_EQ(as_float ? sf_writef_float(file, floats.data(), end - first)
                       : sf_writef_int(file, integers.data(), end - first),
              end - first);
  }
  sf_close(file);
  const auto source = open_file(path);
  Bytes bytes(source->size());
  source->read_at(0, bytes);
  std::filesystem::remove(path);
  return bytes;
}

}  // namespace partwise::test
