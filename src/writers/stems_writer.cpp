#include <algorithm>
#include <dsp/track_kernels.hpp>
#include <formats/sample_convert.hpp>
#include <writers/stems_writer.hpp>

namespace partwise {
namespace {

/// Of all files, what a core's cache holds while it is rounded, summed and measured.
constexpr Index kSliceSamples = 8192;

/// Rows [first, first + count).
template <class T>
MatrixView<T> rows(MatrixView<T> all, Index first, Index count) {
  return {all.data + first, count, all.cols, all.stride};
}
MatrixView<float> rows(Matrix<float>& all, Index first, Index count) {
  return rows(all.view(), first, count);
}
MatrixView<const float> rows(const Matrix<float>& all, Index first, Index count) {
  return rows(all.view(), first, count);
}

/// What a stem says of itself; a recording that says nothing has stems that say nothing.
AudioTags tags_of_stem(const AudioTags& tags, const std::string& name) {
  AudioTags out = tags;
  if (out == AudioTags{}) return out;
  out.title = out.title.empty() ? name : out.title + " - " + name;
  return out;
}

}  // namespace

StemsWriter::StemsWriter(StagedFolder& folder, const Signal& signal, const StemsSpec& spec,
                         const Container& container, Reducer& reducer)
    : folder_(folder),
      signal_(signal),
      num_parts_(static_cast<Index>(spec.parts.size())),
      grid_(spec.format),
      spec_{signal.sample_rate_hz, signal.num_channels(), signal.num_samples(), spec.format},
      container_(container),
      reducer_(reducer) {
  spec_.time_reference = spec.time_reference;
  for (const PartName& part : spec.parts) add(part, "part", tags_of_stem(spec.tags, part.name));
  for (const char* sum : {"mix", "residual"}) add({sum, sum}, sum, tags_of_stem(spec.tags, sum));
  if (spec.with_input) add({"input", "input"}, "input", spec.tags);
}

void StemsWriter::add(const PartName& name, const std::string& kind, const AudioTags& tags) {
  StemFile file;
  file.name = name.name;
  file.kind = kind;
  file.file_name = name.stem + "." + container_.extension;
  file.sink = folder_.create(file.file_name);
  EncodeSpec spec = spec_;
  spec.tags = tags;
  file.encoder = container_.make_encoder(*file.sink, spec);
  files_.push_back(std::move(file));
}

void StemsWriter::place_samples(const PartsBlock& block) {
  const Index channels = signal_.num_channels();
  for (std::size_t i = 0; i < files_.size(); ++i) {
    StemFile& file = files_[i];
    if (grid_.holds_floats()) {  // what is there is what is written
      if (file.kind == "part") file.samples = block.parts[i];
      if (file.kind == "input")
        file.samples = rows(signal_.samples, block.first_sample, block.count);
    }
    if (file.kind == "mix" || file.kind == "residual" || !grid_.holds_floats()) {
      if (file.block.rows() < block.count) file.block = Matrix<float>(block.count, channels);
      file.samples = rows(file.block, 0, block.count);
    }
  }
}

/// What is found out about a slice of every file.
struct StemsWriter::SliceFacts {
  std::vector<LevelMeter> levels;
  std::vector<Index> clipped;
  LevelMeter signal_level;
};

void StemsWriter::round_slice(const PartsBlock& block, Index first, Index count,
                              SliceFacts& facts) {
  for (Index i = 0; i < static_cast<Index>(files_.size()); ++i) {
    StemFile& file = files_[i];
    MatrixView<const float> from;
    if (file.kind == "part") from = rows(block.parts[i], first, count);
    if (file.kind == "input") from = rows(signal_.samples, block.first_sample + first, count);
    if (from.cols > 0) facts.clipped[i] += grid_.round(from, rows(file.block, first, count));
  }
}

void StemsWriter::sum_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts) {
  StemFile& mix = files_[num_parts_];
  StemFile& residual = files_[num_parts_ + 1];
  Index off_scale = 0;  // told by the input's own count, where it is written
  std::vector<double> sums(static_cast<std::size_t>(count));
  for (Index c = 0; c < signal_.num_channels(); ++c) {
    std::fill(sums.begin(), sums.end(), 0.0);
    for (Index k = 0; k < num_parts_; ++k) {
      Tally tally;
      track_kernels().measure_and_add(files_[k].samples.column(c) + first, count, tally,
                                      sums.data());
      facts.levels[k].add(tally, count);
    }
    const float* original = signal_.samples.column(c) + block.first_sample + first;
    float* to_mix = mix.block.column(c) + first;
    float* to_residual = residual.block.column(c) + first;
    if (grid_.holds_floats()) {
      track_kernels().split(original, sums.data(), count, to_mix, to_residual);
      continue;
    }
    for (Index r = 0; r < count; ++r) {
      to_mix[r] = grid_.nearest(sums[r], facts.clipped[num_parts_]);
      // The signal on the grid is what input.wav holds, so that it too is the sum of all.
      const float signal = grid_.nearest(static_cast<double>(original[r]), off_scale);
      to_residual[r] =
          grid_.nearest(static_cast<double>(signal) - sums[r], facts.clipped[num_parts_ + 1]);
    }
  }
}

void StemsWriter::make_slice(const PartsBlock& block, Index first, Index count, SliceFacts& facts) {
  facts.levels.resize(files_.size());
  facts.clipped.resize(files_.size());
  if (!grid_.holds_floats()) round_slice(block, first, count, facts);
  sum_slice(block, first, count, facts);
  facts.levels[num_parts_ + 1].add(rows(files_[num_parts_ + 1].samples, first, count));
  facts.signal_level.add(rows(signal_.samples, block.first_sample + first, count));
}

void StemsWriter::put(StemFile& file, StemFile* other) {
  if (other != nullptr && put_as_bytes(file, *other)) return;
  const Index bytes = spec_.num_channels * bytes_per_sample(spec_.sample_format);
  // A header, and what was left of a page, are in the buffer already.
  constexpr Index kRoomBytes = 8192;
  const Index most =
      std::max<Index>(1, (static_cast<Index>(FileSink::kBufferBytes) - kRoomBytes) / bytes);
  const Index count = file.samples.rows;
  for (Index first = 0; first < count; first += most) {
    const Index some = std::min(most, count - first);
    file.encoder->write(rows(file.samples, first, some));
    if (other == nullptr) continue;
    other->encoder->write(rows(other->samples, first, some));
    FileSink::flush_both(*file.sink, *other->sink);
  }
}

bool StemsWriter::put_as_bytes(StemFile& file, StemFile& other) {
  const auto bytes = file.encoder->take_as_bytes(file.samples);
  if (bytes.empty()) return false;
  FileSink::write_both(*file.sink, bytes, *other.sink, other.encoder->take_as_bytes(other.samples));
  return true;
}

void StemsWriter::write(const PartsBlock& block) {
  place_samples(block);
  const Index num_slices = (block.count + kSliceSamples - 1) / kSliceSamples;
  std::vector<SliceFacts> facts(static_cast<std::size_t>(num_slices));
  reducer_.for_each(num_slices, [&](Index s) {
    const Index first = s * kSliceSamples;
    make_slice(block, first, std::min(kSliceSamples, block.count - first), facts[s]);
  });
  for (const SliceFacts& slice : facts) {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      files_[i].level.add(slice.levels[i]);
      files_[i].clipped += slice.clipped[i];
    }
    signal_level_.add(slice.signal_level);
  }
  const auto num_files = static_cast<Index>(files_.size());
  reducer_.for_each((num_files + 1) / 2, [&](Index pair) {
    const Index first = 2 * pair;
    put(files_[first], first + 1 < num_files ? &files_[first + 1] : nullptr);
  });
}

void StemsWriter::finish(const std::vector<std::function<void()>>& beside) {
  // All before the first is waited for: what they have in common is then waited for once.
  for (const StemFile& file : files_) file.sink->start_writing();
  const auto others = static_cast<Index>(beside.size());
  reducer_.for_each(others + static_cast<Index>(files_.size()), [&](Index i) {
    if (i < others) {
      beside[i]();
    } else {
      files_[i - others].encoder->finish();
    }
  });
}

}  // namespace partwise
