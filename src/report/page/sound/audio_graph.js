// The nodes of Web Audio: a gain for each track, all into one master gain and a meter.

const kFadeSeconds = 0.006; // a cut without a click
const kMeterSamples = 4096;

export function openAudioContext(rate) {
  try {
    return new AudioContext({ sampleRate: rate, latencyHint: "interactive" });
  } catch {
    return new AudioContext(); // a rate that the device does not have: each segment is resampled
  }
}

export class AudioGraph {
  constructor(context, trackCount) {
    this.context = context;
    this.master = context.createGain();
    this.meter = context.createAnalyser();
    this.meter.fftSize = kMeterSamples;
    this.master.connect(this.meter).connect(context.destination);
    this.trackGains = Array.from({ length: trackCount }, () => {
      const gain = context.createGain();
      gain.connect(this.master);
      return gain;
    });
  }

  get now() {
    return this.context.currentTime;
  }
  /** The moment of the context that is now heard. */
  get audibleTime() {
    return this.now - (this.context.outputLatency || 0);
  }

  /** One factor for each track, with a short ramp or at once. */
  setGains(factors, atOnce = false) {
    factors.forEach((factor, i) => {
      const { gain } = this.trackGains[i];
      gain.cancelScheduledValues(this.now);
      if (atOnce) {
        gain.value = factor;
      } else {
        gain.setValueAtTime(gain.value, this.now);
        gain.linearRampToValueAtTime(factor, this.now + 2 * kFadeSeconds);
      }
    });
  }

  fadeIn(when) {
    this.master.gain.setValueAtTime(0, when);
    this.master.gain.linearRampToValueAtTime(1, when + kFadeSeconds);
  }

  /** Returns the moment from which on nothing is heard. */
  fadeOut() {
    const { gain } = this.master;
    gain.cancelScheduledValues(this.now);
    gain.setValueAtTime(gain.value, this.now);
    gain.linearRampToValueAtTime(0, this.now + kFadeSeconds);
    return this.now + kFadeSeconds;
  }

  /** Plays samples [skip, skip + count) of a buffer on a track. */
  start(track, buffer, { skip, count, when }) {
    const source = this.context.createBufferSource();
    source.buffer =
      skip === 0 && count === buffer.length ? buffer : this.cutOut(buffer, skip, count);
    source.connect(this.trackGains[track]);
    source.start(when);
    return source;
  }

  cutOut(buffer, skip, count) {
    const cut = this.context.createBuffer(buffer.numberOfChannels, count, buffer.sampleRate);
    for (let c = 0; c < buffer.numberOfChannels; ++c) {
      cut.copyToChannel(buffer.getChannelData(c).subarray(skip, skip + count), c);
    }
    return cut;
  }

  /** RMS and peak of what is heard, as factors of full scale. */
  level() {
    const samples = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(samples);
    let sum = 0;
    let peak = 0;
    for (const x of samples) {
      sum += x * x;
      peak = Math.max(peak, Math.abs(x));
    }
    return { rms: Math.sqrt(sum / samples.length), peak };
  }
}
