#include <codecs/http_get.hpp>
#include <formats/text.hpp>
#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>

namespace partwise {
namespace {

constexpr int kMostRedirects = 5;

ShownAddress checked_target(const CurlLibrary& curl, const ShownAddress& from,
                            const std::string& target) {
  const auto refuse = [&](const std::string& why) {
    throw Error(ErrorCode::network, from.text + ": " + why);
  };
  ShownAddress to;
  try {
    to = shown_address(curl, target);
  } catch (const Error&) {
    refuse("the redirect does not lead to an http or https address, it is not followed");
  }
  if (from.scheme == "https" && to.scheme == "http") {
    refuse("the redirect leads from https to http, it is not followed");
  }
  return to;
}

}  // namespace

std::unique_ptr<ByteSource> fetch_address(const std::string& address, const InputLimits& limits,
                                          const RunControl& control) {
  control.report({Stage::fetch, 0, 0, 0});
  const CurlLibrary curl;
  const ShownAddress first = shown_address(curl, address);
  const auto deadline = std::chrono::steady_clock::now() +
                        std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                            std::chrono::duration<double>(limits.total_s));
  auto body = std::make_unique<Spool>(first.text, limits.max_bytes);
  ShownAddress shown = first;
  std::string target = address;
  bool came_from_public = false;
  for (int redirects = 0; redirects <= kMostRedirects; ++redirects) {
    control.check_stop();
    HttpGet get(curl, shown.text, limits, deadline, came_from_public, control);
    target = get.fetch(target, *body);
    if (target.empty()) return body;
    shown = checked_target(curl, shown, target);
    came_from_public |= get.reached_public();
  }
  throw Error(ErrorCode::network,
              first.text + ": it redirects more than " + std::to_string(kMostRedirects) + " times");
}

}  // namespace partwise
