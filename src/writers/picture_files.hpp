#pragma once
#include <disk/staged_folder.hpp>
#include <partwise/decompose.hpp>
#include <store/merged_parts.hpp>
#include <string>
#include <vector>

namespace partwise {

/// Writes what the report shows as pictures for a paper or a slide: spectrogram.png, spectra.png
/// and activations.png. `names` of the parts, `title` of the first. Returns the files' names.
[[nodiscard]] std::vector<std::string> write_picture_files(StagedFolder& folder,
                                                           const Analysis& analysis,
                                                           const MergedParts& merged,
                                                           const std::vector<std::string>& names,
                                                           const std::string& title);

}  // namespace partwise
