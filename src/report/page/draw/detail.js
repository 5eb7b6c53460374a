// A spectrogram of what is in sight, computed from the sound a few columns at a time, so that the
// page stays quick meanwhile.

import { makeScale } from "./scale.js";
import { clamp } from "../model/values.js";
import { makeAnalyser } from "../spectra/fourier.js";
import { columnLevels, pictureRows } from "../spectra/picture_rows.js";

const kSliceMs = 8; // of work at a time: half a frame of a screen
const kColumnsPerRead = 48;
const kMaxFrames = 4; // looked at under one column: the loudest is shown

const nextTask = () => new Promise((done) => setTimeout(done));

/**
 * Computes columns of an area { from, to, low, high, width, height, logarithmic } in seconds, Hz
 * and pixels.
 */
class ColumnAnalyser {
  constructor(model, sound, area) {
    const { rate } = sound;
    const analysed = Math.round((model.summary.analysed?.rate ?? rate) / model.binHz);
    this.analyser = makeAnalyser(Math.max(2, Math.round(rate / model.binHz)), analysed);
    const { size, bins } = this.analyser;
    this.rows = pictureRows(area.low, area.high, area.height, area.logarithmic, rate / size, bins);
    this.picture = model.picture;
    this.samplesPerColumn = ((area.to - area.from) / area.width) * rate;
    this.firstSample = area.from * rate - this.analyser.frame / 2;
    const framesPerColumn = Math.round((area.to - area.from) / area.width / model.frameSeconds);
    this.frames = clamp(framesPerColumn, 1, kMaxFrames);
  }

  /** Where the frame around a place in columns starts. */
  startOf(column) {
    return Math.round(this.firstSample + this.samplesPerColumn * column);
  }
  /** Which samples columns [first, end) need. */
  samplesOf(first, end) {
    const from = this.startOf(first);
    return { from, count: this.startOf(end) + this.analyser.frame - from };
  }

  /** Levels of a column into `out`; channels begin at sample `from`. */
  compute(column, channels, from, out) {
    let loudest = null;
    for (let i = 0; i < this.frames; ++i) {
      const start = this.startOf(column + (i + 0.5) / this.frames) - from;
      const magnitudes = this.analyser.magnitudes(channels, start);
      if (this.frames === 1) loudest = magnitudes;
      else if (!loudest) loudest = magnitudes.slice();
      else
        for (let f = 0; f < loudest.length; ++f)
          if (magnitudes[f] > loudest[f]) loudest[f] = magnitudes[f];
    }
    const { reference, db_min: floor, db_max: top } = this.picture;
    columnLevels(loudest, this.rows, reference, top - floor, out);
  }
}

export class Detail {
  /** area: which part of the plane it covers: seconds, Hz, kind of axis, and how many pixels. */
  constructor(model, sound, source, area) {
    Object.assign(this, { model, sound, source, area, done: 0, stopped: false });
    this.levels = new Uint8Array(area.width * area.height); // column by column, lowest row first
    this.canvas = document.createElement("canvas");
    this.canvas.width = area.width;
    this.canvas.height = area.height;
  }

  get complete() {
    return this.done === this.area.width;
  }
  stop() {
    this.stopped = true;
  }

  /** onProgress(this) after every few columns. */
  async compute(palette, onProgress) {
    const { width, height } = this.area;
    this.palette = palette;
    const analyser = new ColumnAnalyser(this.model, this.sound, this.area);
    let since = performance.now();
    for (let first = 0; first < width && !this.stopped; first += kColumnsPerRead) {
      const end = Math.min(width, first + kColumnsPerRead);
      const { from, count } = analyser.samplesOf(first, end);
      const channels = (await this.sound.readSource(this.source, from, count)).slice(0, 2);
      for (let c = first; c < end && !this.stopped; ++c) {
        analyser.compute(c, channels, from, this.levels.subarray(c * height, (c + 1) * height));
        this.done = c + 1;
        if (performance.now() - since < kSliceMs) continue;
        this.paint(first, this.done);
        onProgress(this);
        await nextTask();
        since = performance.now();
      }
      this.paint(first, this.done);
    }
    if (!this.stopped) onProgress(this);
  }

  paint(first, end) {
    const { height } = this.area;
    const width = end - first;
    if (width <= 0) return;
    const image = new ImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    for (let c = 0; c < width; ++c) {
      const column = this.levels.subarray((first + c) * height, (first + c + 1) * height);
      for (let r = 0; r < height; ++r)
        pixels[(height - 1 - r) * width + c] = this.palette[column[r]];
    }
    this.canvas.getContext("2d").putImageData(image, first, 0);
  }

  repaint(palette) {
    this.palette = palette;
    this.paint(0, this.done);
  }

  /** Decibels at a place; null where nothing is computed. */
  dbAt(t, hz) {
    const { from, to, low, high, width, height, logarithmic } = this.area;
    const { db_min: floor, db_max: top } = this.model.picture;
    const c = Math.floor(makeScale(from, to, 0, width)(t));
    const r = Math.floor(makeScale(low, high, 0, height, logarithmic)(hz));
    if (!(c >= 0 && c < this.done && r >= 0 && r < height)) return null;
    return floor + (this.levels[c * height + r] / 255) * (top - floor);
  }
}
