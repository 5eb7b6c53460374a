#pragma once
#include <events/part_track.hpp>
#include <partwise/events.hpp>

namespace partwise {

/// The events of a part whose sound has been taken in; keys of hits are left 0. `seconds`: of the
/// recording.
[[nodiscard]] PartEvents events_of_part(const PartTrack& track, const TrackPlan& plan,
                                        const EventModel& model, const std::vector<Index>& group,
                                        double seconds);

}  // namespace partwise
