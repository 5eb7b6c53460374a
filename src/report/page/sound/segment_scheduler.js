// Schedules segments some seconds ahead, each segment of every track to begin at the same sample.

const kAheadSeconds = 3; // timers of a page in the background come once a second
const kCheckIntervalMs = 150;
const kStartDelaySeconds = 0.06; // so that all tracks are scheduled before the first sounds
const kTooLateSeconds = 0.005;

export class SegmentScheduler {
  /** onEnd(): the last sample was heard. */
  constructor(sound, graph, onEnd) {
    Object.assign(this, { sound, graph, onEnd });
    this.scheduled = []; // { when, from, count, sources }, oldest first; when in seconds of the context
    this.generation = 0; // of each start; segments that were decoded for an older one are dropped
  }

  /**
   * Plays from a sample on, up to the end of bounds; with repeat again and again from their
   * beginning.
   */
  start(sample, { from, to, repeat }) {
    this.stop();
    this.bounds = { from, to, repeat };
    this.next = { sample, when: null };
    this.timer = setInterval(() => this.scheduleAhead(), kCheckIntervalMs);
    this.scheduleAhead();
  }

  /** Ends what sounds, with a short fade. */
  stop() {
    ++this.generation;
    clearInterval(this.timer);
    const silentAt = this.graph.fadeOut();
    for (const { sources } of this.scheduled) for (const source of sources) source.stop(silentAt);
    this.scheduled = [];
  }

  scheduleAhead() {
    const { sound, next, bounds } = this;
    while (next.when === null || next.when < this.graph.now + kAheadSeconds) {
      if (next.sample >= bounds.to) {
        if (!bounds.repeat) break;
        next.sample = bounds.from;
      }
      const i = sound.segmentAt(next.sample);
      const buffers = sound.cachedAll(i);
      if (!buffers) {
        this.scheduleOnceLoaded(i);
        return;
      }
      const begin = i * sound.segmentSamples;
      const end = Math.min(bounds.to, begin + sound.lengthOf(i));
      this.scheduleSegment(buffers, next.sample - begin, end - next.sample);
      this.decodeAhead(i);
    }
    this.dropPlayed();
  }

  scheduleOnceLoaded(i) {
    const { generation } = this;
    this.sound.loadAll(i).then(() => {
      if (generation === this.generation) this.scheduleAhead();
    });
  }

  decodeAhead(i) {
    const { sound, bounds } = this;
    const last = sound.segmentAt(bounds.to - 1);
    const following = i < last ? i + 1 : bounds.repeat ? sound.segmentAt(bounds.from) : -1;
    if (following >= 0 && !sound.cachedAll(following)) sound.loadAll(following);
  }

  scheduleSegment(buffers, skip, count) {
    const { graph, next } = this;
    if (next.when === null || next.when < graph.now + kTooLateSeconds) {
      // On a sample of the context, so that segments of the same rate meet without a gap.
      const { sampleRate } = graph.context;
      next.when = Math.ceil((graph.now + kStartDelaySeconds) * sampleRate) / sampleRate;
      graph.fadeIn(next.when);
    }
    const { when } = next;
    const sources = buffers.map((buffer, track) =>
      graph.start(track, buffer, { skip, count, when }),
    );
    this.scheduled.push({ when, from: next.sample, count, sources });
    next.sample += count;
    next.when += count / this.sound.rate;
  }

  dropPlayed() {
    const { scheduled, sound } = this;
    const now = this.graph.audibleTime;
    while (scheduled.length > 1 && scheduled[1].when <= now) scheduled.shift();
    const last = scheduled[scheduled.length - 1];
    if (this.bounds.repeat || !last || last.from + last.count < sound.samples) return;
    if (now >= last.when + last.count / sound.rate) this.onEnd();
  }

  /** The sample that is now heard; null before the first is scheduled. */
  currentSample() {
    if (this.scheduled.length === 0) return null;
    const now = this.graph.audibleTime;
    let sample = this.scheduled[0].from;
    for (const { when, from, count } of this.scheduled) {
      if (now >= when) sample = from + Math.min(count, (now - when) * this.sound.rate);
    }
    return Math.floor(sample);
  }
}
