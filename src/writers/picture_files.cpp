#include <disk/file_sink.hpp>
#include <partwise/image.hpp>
#include <partwise/picture.hpp>
#include <writers/picture_files.hpp>

namespace partwise {

std::vector<std::string> write_picture_files(StagedFolder& folder, const Analysis& analysis,
                                             const MergedParts& merged,
                                             const std::vector<std::string>& names,
                                             const std::string& title) {
  std::vector<std::string> written;
  const auto write = [&](const std::string& name, const Image& image) {
    const auto sink = folder.create(name);
    write_png(image, *sink);
    sink->finish();
    written.push_back(name);
  };
  SpectrogramPlot plot;
  plot.title = title;
  const int power = analysis.options.power;
  const double seconds = analysis.frame_seconds();
  write("spectrogram.png",
        draw_spectrogram(analysis.spectrogram, power, analysis.bin_hz(), seconds, plot));
  write("spectra.png", draw_spectra(merged.w, power, analysis.bin_hz(), names));
  write("activations.png", draw_activations(merged.h, seconds, names));
  return written;
}

}  // namespace partwise
