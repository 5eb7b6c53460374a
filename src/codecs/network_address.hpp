#pragma once
#include <sys/socket.h>

namespace partwise {

/// Does this address belong to one machine or site (loopback, private, link-local, unspecified,
/// shared, multicast, reserved) instead of to the world? IPv4 inside IPv6 counts as what it is.
/// RFC 6890. Families other than IPv4 and IPv6 are local.
[[nodiscard]] bool is_local_address(const ::sockaddr& address);

}  // namespace partwise
