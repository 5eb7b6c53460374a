#include <algorithm>
#include <outputs/stems_writer.hpp>

namespace partwise {

std::string part_name(Index part, Index num_parts) {
  const std::size_t digits = std::max<std::size_t>(2, std::to_string(num_parts - 1).size());
  std::string number = std::to_string(part);
  number.insert(0, digits - std::min(digits, number.size()), '0');
  return "part-" + number;
}

StemsWriter::StemsWriter(StagedFolder& folder, const Signal& signal, Index num_parts,
                         bool with_input, SampleFormat format, const Container& container,
                         Reducer& reducer)
    : folder_(folder),
      signal_(signal),
      num_parts_(num_parts),
      grid_(format),
      spec_{signal.sample_rate_hz, signal.num_channels(), signal.num_samples(), format},
      container_(container),
      reducer_(reducer) {
  for (Index k = 0; k < num_parts; ++k) add(part_name(k, num_parts), "part");
  add("mix", "mix");
  add("residual", "residual");
  if (with_input) add("input", "input");
}

void StemsWriter::add(const std::string& name, const std::string& kind) {
  StemFile file;
  file.name = name;
  file.kind = kind;
  file.file_name = name + "." + container_.extension;
  file.sink = folder_.create(file.file_name);
  file.encoder = container_.make_encoder(*file.sink, spec_);
  files_.push_back(std::move(file));
}

void StemsWriter::put(StemFile& file, MatrixView<const float> samples) {
  file.level.add(samples);
  file.encoder->write(samples);
}

void StemsWriter::write(const PartsBlock& block) {
  const Index first = block.first_sample, count = block.count;
  for (StemFile& file : files_) {
    if (file.block.rows() < count) file.block = Matrix<float>(count, signal_.num_channels());
  }
  const auto rows = [count](Matrix<float>& m) {
    return MatrixView<float>{m.data(), count, m.cols(), m.stride()};
  };
  reducer_.for_each(num_parts_, [&](Index k) {
    StemFile& file = files_[k];
    file.clipped += grid_.round(block.parts[k], rows(file.block));
    put(file, rows(file.block));
  });
  sum_block(first, count);
  if (static_cast<Index>(files_.size()) > num_parts_ + 2) {
    StemFile& input = files_.back();
    const MatrixView<const float> all = signal_.samples.view();
    input.clipped +=
        grid_.round({all.data + first, count, all.cols, all.stride}, rows(input.block));
  }
  const Index rest = static_cast<Index>(files_.size()) - num_parts_;
  reducer_.for_each(rest, [&](Index i) {
    StemFile& file = files_[num_parts_ + i];
    put(file, rows(file.block));
  });
}

void StemsWriter::sum_block(Index first, Index count) {
  StemFile& mix = files_[num_parts_];
  StemFile& residual = files_[num_parts_ + 1];
  Index off_scale = 0;  // told by the input's own count, where it is written
  for (Index c = 0; c < signal_.num_channels(); ++c) {
    const float* original = signal_.samples.column(c) + first;
    for (Index r = 0; r < count; ++r) {
      double sum = 0;
      for (Index k = 0; k < num_parts_; ++k) sum += static_cast<double>(files_[k].block(r, c));
      mix.block(r, c) = grid_.nearest(sum, mix.clipped);
      // The signal on the grid is what input.wav holds, so that it too is the sum of all.
      const float signal = grid_.nearest(static_cast<double>(original[r]), off_scale);
      residual.block(r, c) = grid_.nearest(static_cast<double>(signal) - sum, residual.clipped);
    }
  }
  const MatrixView<const float> all = signal_.samples.view();
  signal_level_.add({all.data + first, count, all.cols, all.stride});
}

void StemsWriter::finish() {
  reducer_.for_each(static_cast<Index>(files_.size()),
                    [&](Index i) { files_[i].encoder->finish(); });
}

}  // namespace partwise
