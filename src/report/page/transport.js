// Plays all tracks through Web Audio as one: each stretch of every track is set to begin at the same sample.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const kAhead = 3;          // seconds set out in advance: timers of a page in the background come once a second
  const kEvery = 150;        // milliseconds between looks at what is set out
  const kLeadIn = 0.06;      // seconds until a start, so that all of it is set before it sounds
  const kFade = 0.006;       // seconds: a cut without a click
  const kSleepAfter = 2000;  // milliseconds of rest after which the device is let go

  class Transport {
    constructor(sound, mixer, duration) {
      Object.assign(this, { sound, mixer, duration });
      this.loop = null;      // { from, to } in seconds
      this.playing = false;
      this.at = 0;           // samples: where a rest is, or a start was
      this.pieces = [];      // { when, from, count } set out, oldest first; when in seconds of the context
      this.run = 0;          // each start is a run of its own: what came too late for it is dropped
      this.listeners = [];
      mixer.onChange(() => this.setGains());
    }

    onChange(listener) { this.listeners.push(listener); }
    tell() { for (const listener of this.listeners) listener(this); }
    samplesOf(seconds) { return Math.min(Math.max(0, Math.round(seconds * this.sound.rate)), this.sound.samples); }
    get position() { return Math.min(this.sampleNow() / this.sound.rate, this.duration); }

    wake() {
      if (this.context) return;
      this.context = this.newContext();
      this.master = this.context.createGain();
      this.meter = this.context.createAnalyser();
      this.meter.fftSize = 4096;
      this.master.connect(this.meter).connect(this.context.destination);
      this.gains = this.sound.tracks.map(() => {
        const gain = this.context.createGain();
        gain.connect(this.master);
        return gain;
      });
      this.setGains(true);
    }

    newContext() {
      try {
        return new AudioContext({ sampleRate: this.sound.rate, latencyHint: "interactive" });
      } catch {
        return new AudioContext();  // a rate that the device does not have: each stretch is resampled
      }
    }

    setGains(atOnce = false) {
      if (!this.context) return;
      const { input, parts } = this.mixer.gains();
      let k = 0;
      this.sound.tracks.forEach((track, i) => {
        const value = track.kind === "input" ? input : track.kind === "part" ? parts[k++] : 0;
        const gain = this.gains[i].gain, now = this.context.currentTime;
        gain.cancelScheduledValues(now);
        if (atOnce) gain.value = value;
        else {
          gain.setValueAtTime(gain.value, now);
          gain.linearRampToValueAtTime(value, now + 2 * kFade);
        }
      });
    }

    toggle() { return this.playing ? this.pause() : this.play(); }

    async play() {
      if (this.playing) return;
      this.wake();
      clearTimeout(this.sleeper);
      this.playing = true;
      if (this.at >= this.sound.samples) this.at = 0;
      if (this.loop && (this.at < this.samplesOf(this.loop.from) || this.at >= this.samplesOf(this.loop.to))) {
        this.at = this.samplesOf(this.loop.from);
      }
      this.tell();
      await this.context.resume();
      if (this.playing) this.begin();
    }

    pause() {
      if (!this.playing) return;
      this.at = this.sampleNow();
      this.playing = false;
      this.cut();
      this.sleeper = setTimeout(() => this.context.suspend(), kSleepAfter);
      this.tell();
    }

    seek(seconds) {
      this.at = this.samplesOf(seconds);
      if (this.loop && this.playing && (seconds < this.loop.from || seconds >= this.loop.to)) this.loop = null;
      if (this.playing) this.begin();
      this.tell();
    }

    /** Null: to the end. What is set out beyond the new bounds is taken back. */
    setLoop(loop) {
      if (this.playing) this.at = this.sampleNow();
      this.loop = loop;
      if (this.playing) {
        const [from, to] = loop ? [this.samplesOf(loop.from), this.samplesOf(loop.to)] : [0, Infinity];
        if (this.at < from || this.at >= to) this.at = from;
        this.begin();
      }
      this.tell();
    }

    /** Ends what sounds, with a short fade. */
    cut() {
      ++this.run;
      clearInterval(this.timer);
      const now = this.context.currentTime, level = this.master.gain;
      level.cancelScheduledValues(now);
      level.setValueAtTime(level.value, now);
      level.linearRampToValueAtTime(0, now + kFade);
      for (const piece of this.pieces) for (const source of piece.sources) source.stop(now + kFade);
      this.pieces = [];
    }

    begin() {
      this.cut();
      this.next = { sample: this.at, when: null };
      this.timer = setInterval(() => this.setOut(), kEvery);
      this.setOut();
    }

    /** Sets out stretches until kAhead seconds from now are covered. */
    setOut() {
      const run = this.run;
      while (this.playing && (this.next.when === null || this.next.when < this.context.currentTime + kAhead)) {
        const { sound, next } = this;
        const [from, to] = this.loop ? [this.samplesOf(this.loop.from), this.samplesOf(this.loop.to)] : [0, sound.samples];
        if (next.sample >= to) {
          if (!this.loop) break;
          next.sample = from;
        }
        const i = Math.floor(next.sample / sound.segmentSamples);
        const buffers = sound.peekAll(i);
        if (!buffers) {
          sound.all(i).then(() => { if (run === this.run && this.playing) this.setOut(); });
          return;
        }
        const end = Math.min(to, i * sound.segmentSamples + sound.countOf(i));
        this.setPiece(buffers, next.sample - i * sound.segmentSamples, end - next.sample);
        this.decodeAhead(i, to, from);
      }
      if (this.playing) this.dropPast();
    }

    decodeAhead(i, to, from) {
      const { sound } = this;
      const last = Math.floor((to - 1) / sound.segmentSamples);
      const then = i < last ? i + 1 : this.loop ? Math.floor(from / sound.segmentSamples) : -1;
      if (then >= 0 && !sound.peekAll(then)) sound.all(then);
    }

    setPiece(buffers, skip, count) {
      const { context, sound, next } = this;
      const soonest = context.currentTime + kLeadIn;
      if (next.when === null || next.when < context.currentTime + 0.005) {
        // On a sample of the context, so that stretches of the same rate meet without a gap.
        next.when = Math.ceil(soonest * context.sampleRate) / context.sampleRate;
        this.master.gain.setValueAtTime(0, next.when);
        this.master.gain.linearRampToValueAtTime(1, next.when + kFade);
      }
      const sources = buffers.map((buffer, track) => {
        const source = context.createBufferSource();
        source.buffer = skip === 0 && count === buffer.length ? buffer : this.cutOut(buffer, skip, count);
        source.connect(this.gains[track]);
        source.start(next.when);
        return source;
      });
      this.pieces.push({ when: next.when, from: next.sample, count, sources });
      next.sample += count;
      next.when += count / sound.rate;
    }

    cutOut(buffer, skip, count) {
      const cut = this.context.createBuffer(buffer.numberOfChannels, count, buffer.sampleRate);
      for (let c = 0; c < buffer.numberOfChannels; ++c) {
        cut.copyToChannel(buffer.getChannelData(c).subarray(skip, skip + count), c);
      }
      return cut;
    }

    dropPast() {
      const heard = this.heardTime();
      while (this.pieces.length > 1 && this.pieces[1].when <= heard) this.pieces.shift();
      const last = this.pieces[this.pieces.length - 1];
      if (this.loop || !last || last.from + last.count < this.sound.samples) return;
      if (heard < last.when + last.count / this.sound.rate) return;
      this.playing = false;
      this.cut();
      this.at = this.sound.samples;
      this.tell();
    }

    /** The moment of the context that is now heard. */
    heardTime() { return this.context.currentTime - (this.context.outputLatency || 0); }

    sampleNow() {
      if (!this.playing || this.pieces.length === 0) return this.at;
      const heard = this.heardTime();
      let now = this.pieces[0].from;
      for (const { when, from, count } of this.pieces) {
        if (heard >= when) now = from + Math.min(count, (heard - when) * this.sound.rate);
      }
      return Math.floor(now);
    }

    /** RMS and peak of what is heard, as factors of full scale. */
    level() {
      if (!this.playing || !this.meter) return { rms: 0, peak: 0 };
      const samples = new Float32Array(this.meter.fftSize);
      this.meter.getFloatTimeDomainData(samples);
      let sum = 0, peak = 0;
      for (const x of samples) {
        sum += x * x;
        peak = Math.max(peak, Math.abs(x));
      }
      return { rms: Math.sqrt(sum / samples.length), peak };
    }
  }

  pw.Transport = Transport;
})();
