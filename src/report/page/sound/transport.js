// Plays all tracks as one: play, pause, seek and loop.

import { Observable } from "../model/observable.js";
import { clamp } from "../model/values.js";
import { AudioGraph, openAudioContext } from "./audio_graph.js";
import { SegmentScheduler } from "./segment_scheduler.js";

const kSuspendAfterMs = 2000; // of rest, after which the device is let go

export class Transport extends Observable {
  constructor(sound, mixer, duration, openContext = openAudioContext) {
    super();
    Object.assign(this, { sound, mixer, duration, openContext });
    this.loop = null; // { from, to } in seconds
    this.playing = false;
    this.restSample = 0; // where playing starts, or has started
    mixer.onChange(() => this.applyGains());
  }

  get position() {
    return Math.min(this.currentSample() / this.sound.rate, this.duration);
  }
  samplesOf(seconds) {
    return clamp(Math.round(seconds * this.sound.rate), 0, this.sound.samples);
  }
  currentSample() {
    return (this.playing ? this.scheduler.currentSample() : null) ?? this.restSample;
  }
  /** In samples, while there is a loop. */
  loopSamples() {
    return { from: this.samplesOf(this.loop.from), to: this.samplesOf(this.loop.to) };
  }

  /** Browsers let a page open the device only once the reader has done something. */
  open() {
    if (this.graph) return;
    this.graph = new AudioGraph(this.openContext(this.sound.rate), this.sound.tracks.length);
    this.scheduler = new SegmentScheduler(this.sound, this.graph, () => this.end());
    this.applyGains(true);
  }

  applyGains(atOnce = false) {
    if (!this.graph) return;
    const { input, parts } = this.mixer.gains();
    const { tracks, partTracks } = this.sound;
    const factorOf = (track) =>
      track.kind === "input" ? input : (parts[partTracks.indexOf(track)] ?? 0);
    this.graph.setGains(tracks.map(factorOf), atOnce);
  }

  toggle() {
    return this.playing ? this.pause() : this.play();
  }

  async play() {
    if (this.playing) return;
    this.open();
    clearTimeout(this.suspending);
    this.playing = true;
    if (this.restSample >= this.sound.samples) this.restSample = 0;
    this.moveIntoLoop();
    this.notify();
    await this.graph.context.resume();
    if (this.playing) this.start();
  }

  pause() {
    if (!this.playing) return;
    this.restSample = this.currentSample();
    this.playing = false;
    this.scheduler.stop();
    this.suspending = setTimeout(() => this.graph.context.suspend(), kSuspendAfterMs);
    this.notify();
  }

  /** A seek out of the loop while it plays leaves the loop. */
  seek(seconds) {
    this.restSample = this.samplesOf(seconds);
    const outside = this.loop && (seconds < this.loop.from || seconds >= this.loop.to);
    if (this.playing && outside) this.loop = null;
    if (this.playing) this.start();
    this.notify();
  }

  /** Null: to the end. What is scheduled beyond the new bounds is taken back. */
  setLoop(loop) {
    if (this.playing) this.restSample = this.currentSample();
    this.loop = loop;
    if (this.playing) {
      this.moveIntoLoop();
      this.start();
    }
    this.notify();
  }

  moveIntoLoop() {
    if (!this.loop) return;
    const { from, to } = this.loopSamples();
    if (this.restSample < from || this.restSample >= to) this.restSample = from;
  }

  start() {
    const bounds = this.loop ? this.loopSamples() : { from: 0, to: this.sound.samples };
    this.scheduler.start(this.restSample, { ...bounds, repeat: this.loop !== null });
  }

  end() {
    this.playing = false;
    this.scheduler.stop();
    this.restSample = this.sound.samples;
    this.notify();
  }

  /** RMS and peak of what is heard, as factors of full scale. */
  level() {
    return this.playing && this.graph ? this.graph.level() : { rms: 0, peak: 0 };
  }
}
