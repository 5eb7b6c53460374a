#include <algorithm>
#include <utility>
#include <writers/page_samples.hpp>
#include <writers/page_sound.hpp>
#include <writers/track_reader.hpp>

namespace partwise {
namespace {

double peak_of(const Signal& signal) {
  LevelMeter meter;
  meter.add(signal.samples);
  return meter.peak();
}

}  // namespace

PageSound::PageSound(const RunContext& context, std::uint64_t budget_bytes)
    : context_(context),
      budget_(static_cast<double>(budget_bytes)),
      codecs_(context.codecs),
      choice_(context.options.report_audio, context.signal, num_parts() + 1, budget_bytes,
              codecs_) {
  const auto trial = choice_.first();
  if (!trial) {
    note_ = choice_.note();
    return;
  }
  // Codecs differ in everything but this.
  num_channels_ = context.signal.num_channels();
  if (num_channels_ > trial->codec->most_channels) num_channels_ = 1;
  outlines_.assign(static_cast<std::size_t>(num_parts() + 1),
                   OutlineMeter(context.signal.num_samples()));
  window_.emplace(num_parts(), num_channels_);
  peak_ = peak_of(context.signal);
  start(trial);
}

double PageSound::scale_for(const SegmentCodec& codec) const {
  return codec.name == "wav" && codec.lossless ? 1 : page_scale(peak_);
}

void PageSound::start(std::optional<SoundChoice::Trial> trial) {
  while (trial && can_take(*trial->codec, context_.codecs, context_.signal)) {
    begin_attempt(*trial);
    if (trial->bits > 0 || !too_large()) return;
    trial = choice_.after(needed_bytes());
  }
  attempt_.reset();
  if (!trial) note_ = choice_.note();
}

void PageSound::begin_attempt(const SoundChoice::Trial& trial) {
  trial_ = trial;
  attempt_.emplace(SoundQuality{trial.codec, trial.bits, scale_for(*trial.codec)}, context_.codecs,
                   context_.signal, num_parts(), num_channels_);
  context_.control.check_stop();
  attempt_->encode_recording(context_.signal, context_.reducer);
  const SegmentPlan& plan = attempt_->plan();
  first_streamed_ = 0;
  while (first_streamed_ < plan.num_segments() &&
         plan.source_of(first_streamed_).first < window_->first()) {
    ++first_streamed_;
  }
  next_ = first_streamed_;
}

void PageSound::measure(const RunBlock& block, std::span<const MatrixView<const float>> parts) {
  for (Index k = 0; k < num_parts(); ++k) peak_ = std::max(peak_, block.facts[k].level.peak());
  const MatrixView<const float> recording = block.parts.mixture;
  context_.reducer.for_each(num_parts() + 1, [&](Index i) {
    if (i > 0) return outlines_[i].add(parts[i - 1]);
    if (num_channels_ == recording.cols) return outlines_[0].add(recording);
    outlines_[0].add(mixed_to(recording, num_channels_));
  });
}

void PageSound::add(const RunBlock& block) {
  if (!attempt_) return;
  std::span<const MatrixView<const float>> parts = block.tracks.first(num_parts());
  std::vector<Matrix<float>> mixed;
  std::vector<MatrixView<const float>> views;
  if (num_channels_ != context_.signal.num_channels()) {
    for (const auto& part : parts) mixed.push_back(mixed_to(part, num_channels_));
    views.assign(mixed.begin(), mixed.end());
    parts = views;
  }
  measure(block, parts);
  window_->add(parts);
  if (attempt_->quality().scale != scale_for(*trial_->codec)) begin_attempt(*trial_);
  encode_ready();
}

void PageSound::encode_ready() {
  while (attempt_ && next_ < attempt_->plan().num_segments()) {
    const SampleSpan span = attempt_->plan().source_of(next_);
    if (span.end > window_->end()) return;
    context_.control.check_stop();
    std::vector<MatrixView<const float>> parts;
    for (Index k = 0; k < num_parts(); ++k)
      parts.push_back(window_->samples(k, span.first, span.end));
    attempt_->encode_parts(next_++, parts, context_.reducer);
    // A bit rate is held by the whole alone; what has no choice of one is too large for good.
    if (trial_->bits == 0 && too_large()) {
      start(choice_.after(needed_bytes()));
    } else if (next_ < attempt_->plan().num_segments()) {
      window_->drop_before(attempt_->plan().source_of(next_).first);
    }
  }
}

void PageSound::end_stream() { encode_ready(); }

double PageSound::needed_bytes() const {
  const auto tracks = static_cast<double>(attempt_->num_tracks());
  const SegmentPlan& plan = attempt_->plan();
  if (next_ < plan.num_segments() || first_streamed_ > 0) {  // judged by what has passed by
    const double recording = attempt_->bytes_of(0);
    const Index end = std::min(next_ * plan.segment_samples(), plan.num_samples());
    const Index encoded = end - first_streamed_ * plan.segment_samples();
    if (encoded <= 0) return recording * tracks;
    return recording + (attempt_->bytes() - recording) *
                           (static_cast<double>(plan.num_samples()) / static_cast<double>(encoded));
  }
  // Judged by the tracks that fill the budget, as where tracks are encoded one after the other.
  double bytes = 0;
  for (Index i = 0; i < attempt_->num_tracks(); ++i) {
    bytes += attempt_->bytes_of(i);
    if (bytes > budget_) return bytes * tracks / static_cast<double>(i + 1);
  }
  return bytes;
}

void PageSound::encode_from_files() {
  const Index streamed = std::exchange(first_streamed_, 0);
  for (Index i = 0; i < streamed; ++i) {
    context_.control.check_stop();
    const SampleSpan span = attempt_->plan().source_of(i);
    std::vector<Matrix<float>> read;
    for (Index k = 0; k < num_parts(); ++k) {
      Matrix<float> part =
          read_track(context_, context_.tracks[k], span.first, span.end - span.first);
      read.push_back(part.cols() == num_channels_ ? std::move(part)
                                                  : mixed_to(part, num_channels_));
    }
    const std::vector<MatrixView<const float>> parts(read.begin(), read.end());
    attempt_->encode_parts(i, parts, context_.reducer);
  }
}

ReportAudio PageSound::finish() {
  while (attempt_) {
    encode_from_files();
    if (!too_large()) return encoded();
    window_->drop_before(window_->end());  // the stream is over
    start(choice_.after(needed_bytes()));
  }
  return links();
}

}  // namespace partwise
