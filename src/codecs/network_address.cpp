#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <codecs/network_address.hpp>
#include <cstdint>
#include <cstring>
#include <span>

namespace partwise {
namespace {

using Bytes = std::array<std::uint8_t, 16>;

/// Addresses whose first `bits` bits are those of `bytes`.
struct Range {
  std::array<std::uint8_t, 12> bytes;
  int bits;
};

constexpr std::array<Range, 12> kLocal4 = {{{{0}, 8},
                                            {{10}, 8},
                                            {{100, 64}, 10},
                                            {{127}, 8},
                                            {{169, 254}, 16},
                                            {{172, 16}, 12},
                                            {{192, 0, 0}, 24},
                                            {{192, 168}, 16},
                                            {{198, 18}, 15},
                                            {{224}, 4},
                                            {{240}, 4},
                                            {{192, 88, 99}, 24}}};
constexpr std::array<Range, 5> kLocal6 = {
    {{{0xfc}, 7}, {{0xfe, 0x80}, 10}, {{0xfe, 0xc0}, 10}, {{0xff}, 8}, {{0x01, 0}, 64}}};

/// Where an IPv4 address lies inside an IPv6 one: mapped, translated (NAT64), 6to4, compatible
/// (which holds :: and ::1 too).
struct Embedded {
  Range range;
  std::size_t at;
};
constexpr std::array<Embedded, 4> kEmbedded = {
    {{{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12},
     {{{0x00, 0x64, 0xff, 0x9b}, 96}, 12},
     {{{0x20, 0x02}, 16}, 2},
     {{{0}, 96}, 12}}};

bool lies_in(std::span<const std::uint8_t> address, const Range& range) {
  for (int bit = 0; bit < range.bits; bit += 8) {
    const auto i = static_cast<std::size_t>(bit / 8);
    const int left = std::min(8, range.bits - bit);
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - left));
    if ((address[i] & mask) != (range.bytes[i] & mask)) return false;
  }
  return true;
}

bool is_local4(std::span<const std::uint8_t> address) {
  return std::any_of(kLocal4.begin(), kLocal4.end(),
                     [&](const Range& range) { return lies_in(address, range); });
}

bool is_local6(std::span<const std::uint8_t> address) {
  for (const Embedded& embedded : kEmbedded) {
    if (lies_in(address, embedded.range)) return is_local4(address.subspan(embedded.at));
  }
  return std::any_of(kLocal6.begin(), kLocal6.end(),
                     [&](const Range& range) { return lies_in(address, range); });
}

}  // namespace

bool is_local_address(const ::sockaddr& address) {
  Bytes bytes{};
  if (address.sa_family == AF_INET) {
    const auto& in = reinterpret_cast<const ::sockaddr_in&>(address);
    std::memcpy(bytes.data(), &in.sin_addr, sizeof in.sin_addr);
    return is_local4(bytes);
  }
  if (address.sa_family == AF_INET6) {
    const auto& in = reinterpret_cast<const ::sockaddr_in6&>(address);
    std::memcpy(bytes.data(), &in.sin6_addr, sizeof in.sin6_addr);
    return is_local6(bytes);
  }
  return true;
}

}  // namespace partwise
