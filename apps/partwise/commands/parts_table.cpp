#include "commands/parts_table.hpp"

#include <cmath>
#include <cstdio>
#include <partwise/display_text.hpp>

#include "terminal/text_table.hpp"

namespace partwise::program {
namespace {

std::vector<Column> columns_of(const std::vector<WrittenPart>& parts) {
  constexpr double kPercent = 100;
  Column number{"#", {}, false, 0}, name{"part", {}, true, 0}, peak{"peak Hz", {}, false, 0};
  Column note{"note", {}, true, 2}, energy{"energy %", {}, false, 1};
  Column onset{"onset s", {}, false, 3}, level{"level dB", {}, false, 4};
  Column members{"of", {}, false, 5}, sure{"sure %", {}, false, 1};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const ComponentDescription& component = parts[i].component;
    number.cells.push_back(std::to_string(i));
    name.cells.push_back(display_text(parts[i].file_name));
    peak.cells.push_back(fixed(component.peak_hz, 1));
    note.cells.push_back(component.note);
    energy.cells.push_back(fixed(kPercent * component.energy_share, 1));
    onset.cells.push_back(fixed(component.first_onset_s, 2));
    level.cells.push_back(fixed(parts[i].level_db, 1));
    members.cells.push_back(std::to_string(parts[i].members.size()));
    // A component alone was merged with nothing: there is nothing to be sure of.
    sure.cells.push_back(parts[i].members.size() > 1 ? fixed(kPercent * parts[i].confidence, 0)
                                                     : "");
  }
  const bool gathered = !parts.empty() && std::isfinite(parts.front().confidence);
  if (gathered) return {number, name, members, sure, peak, note, energy, onset, level};
  return {number, name, peak, note, energy, onset, level};
}

}  // namespace

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  char text[400];  // the largest double has 309 digits before the point
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

std::string parts_table(const std::vector<WrittenPart>& parts, std::size_t columns, bool colour) {
  constexpr std::size_t kName = 1;
  return text_table(columns_of(parts), kName, columns, colour);
}

}  // namespace partwise::program
