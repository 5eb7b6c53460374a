// What the page's model says of its sound.
#include <utility>
#include <writers/page_sound.hpp>

namespace partwise {

ReportTrack PageSound::track_of(const RunTrack& track) const {
  ReportTrack out;
  out.name = track.name;
  out.kind = track_kind_name(track.kind);
  if (!context_.options.report_alone) out.file_name = track.file_name;
  return out;
}

ReportAudio PageSound::encoded() {
  const SegmentCodec& codec = *attempt_->quality().codec;
  const SegmentPlan& plan = attempt_->plan();
  ReportAudio audio;
  audio.codec = codec.name;
  audio.media_type = codec.media_type;
  audio.lossless = codec.lossless;
  audio.sample_rate_hz = plan.rate_hz();
  audio.num_samples = plan.num_samples();
  audio.num_channels = num_channels_;
  audio.segment_samples = plan.segment_samples();
  audio.lead_samples = plan.lead_samples();
  audio.scale = attempt_->quality().scale;
  audio.budget_bytes = static_cast<std::uint64_t>(budget_);
  audio.note = choice_.note();
  if (num_channels_ != context_.signal.num_channels()) {
    audio.note += "The sound in this page is the mean of the recording's " +
                  std::to_string(context_.signal.num_channels()) + " channels.";
  }
  // The recording, the parts, and, as files alone, mix and residual, which the page makes itself.
  ReportTrack recording;
  recording.name = recording.kind = "input";
  if (context_.tracks.back().kind == TrackKind::input) recording = track_of(context_.tracks.back());
  audio.tracks.push_back(std::move(recording));
  for (Index i = 0; i < num_parts() + 2; ++i) audio.tracks.push_back(track_of(context_.tracks[i]));
  for (Index i = 0; i <= num_parts(); ++i) {
    audio.tracks[i].segments = attempt_->take(i);
    audio.tracks[i].outline = outlines_[i].codes();
    audio.tracks[i].peak = outlines_[i].peak();
  }
  return audio;
}

ReportAudio PageSound::links() const {
  ReportAudio audio;
  audio.num_channels = context_.signal.num_channels();
  audio.budget_bytes = static_cast<std::uint64_t>(budget_);
  // A page that stands alone has no files beside it to speak of.
  if (!context_.options.report_alone) audio.note = note_;
  if (context_.tracks.back().kind == TrackKind::input)
    audio.tracks.push_back(track_of(context_.tracks.back()));
  for (Index i = 0; i < num_parts() + 2; ++i) audio.tracks.push_back(track_of(context_.tracks[i]));
  return audio;
}

}  // namespace partwise
