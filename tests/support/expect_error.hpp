#pragma once
// One assertion for errors: the code, and words that the message must hold.
#include <gtest/gtest.h>

#include <partwise/error.hpp>
#include <string>

namespace partwise::test {

template <class Call>
::testing::AssertionResult throws_error(Call call, ErrorCode code, const std::string& words) {
  try {
    call();
  } catch (const Error& error) {
    const std::string message = error.what();
    if (error.code() != code) {
      return ::testing::AssertionFailure()
             << "code " << static_cast<int>(error.code()) << " with: " << message;
    }
    if (message.find(words) == std::string::npos || message.find('\n') != std::string::npos) {
      return ::testing::AssertionFailure() << "the message is: " << message;
    }
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << "nothing was thrown";
}

}  // namespace partwise::test
