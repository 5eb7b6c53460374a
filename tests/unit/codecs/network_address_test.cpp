#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <codecs/network_address.hpp>
#include <string>

namespace partwise {
namespace {

bool is_local(const std::string& text) {
  if (text.find(':') == std::string::npos) {
    ::sockaddr_in address{};
    address.sin_family = AF_INET;
    EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &address.sin_addr), 1) << text;
    return is_local_address(reinterpret_cast<const ::sockaddr&>(address));
  }
  ::sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &address.sin6_addr), 1) << text;
  return is_local_address(reinterpret_cast<const ::sockaddr&>(address));
}

TEST(NetworkAddress, WhatBelongsToAMachineOrASiteIsLocal) {
  for (const char* text : {"127.0.0.1",
                           "127.255.255.255",
                           "0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "10.255.0.1",
                           "100.64.0.1",
                           "100.127.255.255",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.168.0.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "224.0.0.1",
                           "240.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fc00::1",
                           "fdff::1",
                           "fe80::1",
                           "febf::1",
                           "fec0::1",
                           "ff02::1",
                           "100::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.1.2.3",
                           "64:ff9b::169.254.169.254",
                           "2002:7f00:1::",
                           "2002:c0a8:101::1",
                           "::10.0.0.1"}) {
    EXPECT_TRUE(is_local(text)) << text;
  }
}

TEST(NetworkAddress, WhatBelongsToTheWorldIsNot) {
  for (const char* text :
       {"1.1.1.1",        "9.255.255.255",   "11.0.0.1",         "100.63.255.255",
        "100.128.0.1",    "126.255.255.255", "128.0.0.1",        "169.253.0.1",
        "172.15.255.255", "172.32.0.1",      "192.167.255.255",  "192.169.0.1",
        "198.17.0.1",     "198.20.0.1",      "223.255.255.255",  "2001:db8::1",
        "2606:4700::1",   "::ffff:1.1.1.1",  "64:ff9b::1.1.1.1", "2002:101:101::1"}) {
    EXPECT_FALSE(is_local(text)) << text;
  }
}

TEST(NetworkAddress, OtherFamiliesAreLocal) {
  ::sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_TRUE(is_local_address(address));
}

}  // namespace
}  // namespace partwise
