// The sound that is in the page, decoded stretch by stretch as it is needed.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const kMostBytes = 160e6;  // of decoded sound kept at a time

  /**
   * Puts samples that were 16 bits back on their grid: some browsers divide positive ones by 32767. Then they
   * lie beside the grid, all but the smallest and those near full scale.
   */
  function snap(samples) {
    const kBeside = 0.02;  // of a step: more than rounding, less than what a sample of -34 dB is beside
    const uneven = samples.some((x) => x > 0 && Math.abs(x * 32768 - Math.round(x * 32768)) > kBeside);
    for (let n = 0; n < samples.length; ++n) {
      const x = samples[n];
      samples[n] = Math.round(x * (uneven && x > 0 ? 32767 : 32768)) / 32768;
    }
  }

  class Sound {
    /** audio: of the model. */
    constructor(audio, mostBytes = kMostBytes) {
      this.audio = audio;
      this.mostBytes = mostBytes;
      this.tracks = (audio.tracks ?? []).filter((track) => track.segments?.length > 0);
      this.playable = this.tracks.length > 0;
      this.rate = audio.rate;
      this.samples = audio.samples;
      this.channels = audio.channels;
      this.segmentSamples = audio.segment_samples;
      this.segments = this.playable ? Math.ceil(this.samples / this.segmentSamples) : 0;
      this.kept = new Map();  // "track:segment" to { buffer, bytes }; the first was asked for longest ago
      this.underway = new Map();
      this.bytes = 0;
      this.mostBytesSeen = 0;
    }

    trackOf(kind, index = 0) { return this.tracks.filter((track) => track.kind === kind)[index] ?? null; }
    countOf(i) { return Math.min(this.segmentSamples, this.samples - i * this.segmentSamples); }

    peek(track, i) {
      const key = `${this.tracks.indexOf(track)}:${i}`;
      const entry = this.kept.get(key);
      if (!entry) return null;
      this.kept.delete(key);
      this.kept.set(key, entry);
      return entry.buffer;
    }

    /** The stretch as an AudioBuffer of exactly its samples. */
    async segment(track, i) {
      const there = this.peek(track, i);
      if (there) return there;
      const key = `${this.tracks.indexOf(track)}:${i}`;
      if (!this.underway.has(key)) {
        const job = this.decode(track, i).finally(() => this.underway.delete(key));
        this.underway.set(key, job);
      }
      const buffer = await this.underway.get(key);
      this.keep(key, buffer);
      return buffer;
    }

    /** The stretch of every track, in order; null where one is not there yet. */
    peekAll(i) {
      const buffers = this.tracks.map((track) => this.peek(track, i));
      return buffers.includes(null) ? null : buffers;
    }
    all(i) { return Promise.all(this.tracks.map((track) => this.segment(track, i))); }

    async decode(track, i) {
      // A context of the sound's own rate resamples nothing.
      const context = new OfflineAudioContext(this.channels, 1, this.rate);
      const bytes = pw.model.bytesOf(track.segments[i]);
      const decoded = await context.decodeAudioData(bytes.buffer);
      const count = this.countOf(i), lead = i > 0 ? this.audio.lead_samples : 0, scale = this.audio.scale ?? 1;
      if (this.audio.codec === "flac") for (let c = 0; c < decoded.numberOfChannels; ++c) snap(decoded.getChannelData(c));
      if (lead === 0 && scale === 1 && decoded.length === count) return decoded;
      const exact = context.createBuffer(this.channels, count, this.rate);
      for (let c = 0; c < this.channels; ++c) {
        const to = exact.getChannelData(c);
        to.set(decoded.getChannelData(Math.min(c, decoded.numberOfChannels - 1)).subarray(lead, lead + count));
        if (scale !== 1) for (let n = 0; n < count; ++n) to[n] *= scale;
      }
      return exact;
    }

    keep(key, buffer) {
      if (this.kept.has(key)) return;
      const bytes = buffer.length * buffer.numberOfChannels * 4;
      this.kept.set(key, { buffer, bytes });
      this.bytes += bytes;
      this.mostBytesSeen = Math.max(this.mostBytesSeen, this.bytes);
      for (const [oldest, entry] of this.kept) {
        if (this.bytes <= this.mostBytes || oldest === key) break;
        this.kept.delete(oldest);
        this.bytes -= entry.bytes;
      }
    }

    /** Samples [from, from + count) of a track, zeros beyond its ends, one array for each channel. */
    async stretch(track, from, count) {
      const out = Array.from({ length: this.channels }, () => new Float32Array(count));
      const first = Math.max(0, Math.floor(from / this.segmentSamples));
      const last = Math.min(this.segments - 1, Math.floor((from + count - 1) / this.segmentSamples));
      for (let i = first; i <= last; ++i) this.copy(await this.segment(track, i), i * this.segmentSamples - from, out);
      return out;
    }

    copy(buffer, at, out) {
      const skip = Math.max(0, -at), room = out[0].length - Math.max(0, at);
      const some = Math.min(buffer.length - skip, room);
      if (some <= 0) return;
      for (let c = 0; c < out.length; ++c) out[c].set(buffer.getChannelData(c).subarray(skip, skip + some), Math.max(0, at));
    }

    /** The same of what the page itself makes: "input", "mix", "residual", or part k. */
    async stretchOf(source, from, count) {
      const parts = this.tracks.filter((track) => track.kind === "part");
      if (source === "input") return this.stretch(this.trackOf("input"), from, count);
      if (typeof source === "number") return this.stretch(parts[source], from, count);
      const sum = Array.from({ length: this.channels }, () => new Float64Array(count));
      const add = async (track, sign) => {
        (await this.stretch(track, from, count)).forEach((channel, c) => {
          const to = sum[c];
          for (let n = 0; n < count; ++n) to[n] += sign * channel[n];
        });
      };
      for (const track of parts) await add(track, source === "mix" ? 1 : -1);
      if (source === "residual") await add(this.trackOf("input"), 1);
      return sum.map((channel) => Float32Array.from(channel));
    }
  }

  pw.Sound = Sound;
  pw.snapToGrid = snap;
})();
