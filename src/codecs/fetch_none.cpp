#include <partwise/audio_input.hpp>
#include <partwise/error.hpp>

namespace partwise {

std::unique_ptr<ByteSource> fetch_address(const std::string&, const InputLimits&,
                                          const RunControl&) {
  throw Error(ErrorCode::network,
              "this partwise was built without addresses (PARTWISE_ADDRESSES=OFF)");
}

}  // namespace partwise
