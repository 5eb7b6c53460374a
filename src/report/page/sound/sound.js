// The sound that is in the page, decoded segment by segment as it is needed.

import { decodeSegment } from "./decode.js";
import { SegmentCache } from "./segment_cache.js";

const kMaxCachedBytes = 160e6;

/**
 * Copies what of a buffer, which begins `at` samples after the output does, lies inside the output.
 */
function copyInto(channels, buffer, at) {
  const skip = Math.max(0, -at);
  const room = channels[0].length - Math.max(0, at);
  const count = Math.min(buffer.length - skip, room);
  if (count <= 0) return;
  channels.forEach((channel, c) => {
    channel.set(buffer.getChannelData(c).subarray(skip, skip + count), Math.max(0, at));
  });
}

export class Sound {
  #pending = new Map(); // key to the promise of a segment that is being decoded

  /** audio: of the model. */
  constructor(audio, maxBytes = kMaxCachedBytes) {
    this.audio = audio;
    this.tracks = (audio.tracks ?? []).filter((track) => track.segments?.length > 0);
    this.partTracks = this.tracks.filter((track) => track.kind === "part");
    this.playable = this.tracks.length > 0;
    this.rate = audio.rate;
    this.samples = audio.samples;
    this.channels = audio.channels;
    this.segmentSamples = audio.segment_samples;
    this.segmentCount = this.playable ? Math.ceil(this.samples / this.segmentSamples) : 0;
    this.cache = new SegmentCache(maxBytes);
  }

  get inputTrack() {
    return this.tracks.find((track) => track.kind === "input") ?? null;
  }
  lengthOf(i) {
    return Math.min(this.segmentSamples, this.samples - i * this.segmentSamples);
  }
  segmentAt(sample) {
    return Math.floor(sample / this.segmentSamples);
  }

  keyOf(track, i) {
    return `${this.tracks.indexOf(track)}:${i}`;
  }
  cached(track, i) {
    return this.cache.get(this.keyOf(track, i));
  }
  /** Segment i of every track, in order; null where one is not decoded yet. */
  cachedAll(i) {
    const buffers = this.tracks.map((track) => this.cached(track, i));
    return buffers.includes(null) ? null : buffers;
  }

  /** Segment i as an AudioBuffer of exactly its samples. */
  async load(track, i) {
    const there = this.cached(track, i);
    if (there) return there;
    const key = this.keyOf(track, i);
    if (!this.#pending.has(key)) {
      const job = this.decode(track, i).finally(() => this.#pending.delete(key));
      this.#pending.set(key, job);
    }
    const buffer = await this.#pending.get(key);
    this.cache.add(key, buffer);
    return buffer;
  }
  loadAll(i) {
    return Promise.all(this.tracks.map((track) => this.load(track, i)));
  }
  decode(track, i) {
    const lead = i > 0 ? this.audio.lead_samples : 0;
    return decodeSegment(track.segments[i], this.audio, { lead, count: this.lengthOf(i) });
  }

  /** Samples [from, from + count) of a track, zeros beyond its ends, one array for each channel. */
  async read(track, from, count) {
    const out = Array.from({ length: this.channels }, () => new Float32Array(count));
    const first = Math.max(0, this.segmentAt(from));
    const last = Math.min(this.segmentCount - 1, this.segmentAt(from + count - 1));
    for (let i = first; i <= last; ++i) {
      copyInto(out, await this.load(track, i), i * this.segmentSamples - from);
    }
    return out;
  }

  /**
   * The same of a source: "input", the number of a part, or "mix" and "residual", which the page
   * makes.
   */
  async readSource(source, from, count) {
    if (source === "input") return this.read(this.inputTrack, from, count);
    if (typeof source === "number") return this.read(this.partTracks[source], from, count);
    const sum = Array.from({ length: this.channels }, () => new Float64Array(count));
    const add = async (track, sign) => {
      (await this.read(track, from, count)).forEach((channel, c) => {
        for (let n = 0; n < count; ++n) sum[c][n] += sign * channel[n];
      });
    };
    for (const track of this.partTracks) await add(track, source === "mix" ? 1 : -1);
    if (source === "residual") await add(this.inputTrack, 1);
    return sum.map((channel) => Float32Array.from(channel));
  }
}
