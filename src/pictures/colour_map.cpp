#include <algorithm>
#include <cmath>
#include <pictures/colour_map.hpp>
#include <span>

namespace partwise::pictures {
namespace {

constexpr Colour rgb(unsigned value) {
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8 & 255U),
          static_cast<std::uint8_t>(value & 255U)};
}

// Every 17th colour of magma (Smith and van der Walt, CC0).
constexpr Colour kMagma[] = {rgb(0x000004), rgb(0x0b0924), rgb(0x20114b), rgb(0x3b0f70),
                             rgb(0x57157e), rgb(0x721f81), rgb(0x8c2981), rgb(0xa8327d),
                             rgb(0xc43c75), rgb(0xde4968), rgb(0xf1605d), rgb(0xfa7f5e),
                             rgb(0xfe9f6d), rgb(0xfebf84), rgb(0xfddea0), rgb(0xfcfdbf)};
// A smooth diverging map between blue and red as Moreland (2009) describes it.
constexpr Colour kCoolwarm[] = {rgb(0x3b4cc0), rgb(0x5977e3), rgb(0x7b9ff9), rgb(0x9ebeff),
                                rgb(0xc0d4f5), rgb(0xdddcdc), rgb(0xf2cab5), rgb(0xf7a889),
                                rgb(0xee8468), rgb(0xd65244), rgb(0xb40426)};
constexpr Colour kGrey[] = {rgb(0xffffff), rgb(0x000000)};

// Eight that are told apart.
constexpr Colour kParts[] = {rgb(0x2961ae), rgb(0xae5629), rgb(0x29ae70), rgb(0x8a29ae),
                             rgb(0xae2957), rgb(0x29a1ae), rgb(0xae8529), rgb(0x63ae29)};

std::span<const Colour> stops_of(ColourMap map) {
  switch (map) {
    case ColourMap::magma:
      return kMagma;
    case ColourMap::coolwarm:
      return kCoolwarm;
    case ColourMap::grey:
      break;
  }
  return kGrey;
}

}  // namespace

Colour colour_at(ColourMap map, double share) {
  const auto stops = stops_of(map);
  const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(at), stops.size() - 2);
  const double part = at - static_cast<double>(low);
  const auto mix = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a + part * (b - a)));
  };
  const Colour a = stops[low], b = stops[low + 1];
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

Colour colour_of_part(Index k) { return kParts[static_cast<std::size_t>(k) % std::size(kParts)]; }

}  // namespace partwise::pictures
