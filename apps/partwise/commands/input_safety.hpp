#pragma once
#include <string>
#include <vector>

namespace partwise::program {

/// A folder is replaced as a whole: a file that is being read must not go with it. Throws
/// Error(usage) if one of `inputs` lies below one of `folders`.
void check_inputs_outlive_outputs(const std::vector<std::string>& inputs,
                                  const std::vector<std::string>& folders);

}  // namespace partwise::program
