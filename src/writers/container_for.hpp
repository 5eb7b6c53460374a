#pragma once
#include <partwise/run_options.hpp>
#include <partwise/sound_services.hpp>

namespace partwise {

/// The container of an output format. Throws Error(usage) where the services have none.
[[nodiscard]] Container container_for(const SoundServices& services, OutputFormat format);

}  // namespace partwise
