// What the spectrogram shows: a source, a range of frequencies, an axis, a depth of colours; and
// the detail that is computed for the stretch in sight once that has settled.

import { makePalette } from "./colours.js";
import { Detail } from "./detail.js";
import { ModelPictures } from "./model_pictures.js";
import { Picture } from "./picture.js";
import { zoomRange } from "./scale.js";
import { drawSpectrogram, layoutSpectrogram, plotSize } from "./spectrogram_drawing.js";
import { Observable } from "../model/observable.js";

const kSettleMs = 160; // without a change before detail is computed
const kMaxColumns = 1400;
const kMaxRows = 512;
const kMinDensity = 0.8; // of the model's columns to the screen's, below which detail pays

/**
 * Listeners are called when a computed picture is complete or the choice of what is shown has
 * changed.
 */
export class Spectrogram extends Observable {
  constructor(model, timeline, sound) {
    super();
    Object.assign(this, { model, timeline, sound, source: "input", logarithmic: true, depth: 80 });
    this.full = { ...model.range };
    this.hz = { ...this.full };
    this.modelPictures = new ModelPictures(model);
    this.detail = null;
    this.previousDetail = null; // stays in sight until the new one covers it
    this.picture = new Picture("spectrogram", (context, theme) =>
      drawSpectrogram(this, context, theme),
    );
    this.canvas = this.picture.canvas;
    timeline.onChange(() => this.viewChanged());
  }

  show(source) {
    this.source = source;
    this.restart();
  }
  setAxis(logarithmic) {
    this.logarithmic = logarithmic;
    this.full.low = logarithmic ? this.model.range.low : 0;
    this.hz = { ...this.full };
    this.restart();
  }
  restart() {
    this.detail?.stop();
    this.detail = null;
    this.viewChanged();
    this.notify();
  }
  setDepth(depth) {
    this.depth = depth;
    const { db_min: floor, db_max: top } = this.model.picture;
    const palette = makePalette(255 * (1 - depth / (top - floor)));
    this.modelPictures.setPalette(palette);
    this.detail?.repaint(palette);
    this.picture.invalidate();
    this.notify();
  }

  /** Shows `factor` times as much of the frequencies, with `at` staying where it is. */
  zoomFrequency(factor, at) {
    this.hz = zoomRange(this.hz, this.full, { factor, at, logarithmic: this.logarithmic });
    this.viewChanged();
    this.notify();
  }
  showAllFrequencies() {
    this.zoomFrequency(Infinity);
  }

  viewChanged() {
    this.picture.invalidate();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.computeDetail(), kSettleMs);
  }

  /** What is in sight, and in how many pixels. */
  area() {
    const { width, height } = plotSize(this.canvas);
    const density = Math.min(window.devicePixelRatio || 1, 2);
    return {
      from: this.timeline.from,
      to: this.timeline.to,
      ...this.hz,
      logarithmic: this.logarithmic,
      width: Math.min(kMaxColumns, Math.round(width * density)),
      height: Math.min(kMaxRows, Math.round(height * density)),
    };
  }

  wantsDetail(area) {
    const { picture, levels } = this.model;
    if (!this.sound.playable || levels.length === 0 || !(picture.reference > 0)) return false;
    if (area.width < 2 || area.height < 2) return false;
    if (this.source !== "input" || !this.logarithmic) return true;
    const octaves = (low, high) => Math.log2(high / low);
    const columns = picture.width * (this.timeline.span / picture.duration_s);
    const rows =
      picture.height *
      (octaves(this.hz.low, this.hz.high) / octaves(picture.hz_min, picture.hz_max));
    return columns < kMinDensity * area.width || rows < kMinDensity * area.height;
  }

  computeDetail() {
    const area = this.area();
    if (!this.wantsDetail(area)) {
      if (this.source === "input") this.detail?.stop();
      return;
    }
    const same = () => JSON.stringify(this.detail.area) === JSON.stringify(area);
    if (this.detail && !this.detail.stopped && same()) return;
    this.detail?.stop();
    this.previousDetail = this.detail;
    const detail = new Detail(this.model, this.sound, this.source, area);
    this.detail = detail;
    const onProgress = () => {
      this.picture.invalidate();
      if (detail.complete) this.notify();
    };
    detail.compute(this.modelPictures.palette, onProgress).catch(() => {
      detail.stop(); // a segment that this browser cannot decode: the model's picture stays
      this.notify();
    });
  }

  layout(width, height) {
    return layoutSpectrogram(this, width, height);
  }

  /** Decibels at a place; null outside and where nothing is known. */
  dbAt(t, hz) {
    const exact = this.detail?.source === this.source ? this.detail.dbAt(t, hz) : null;
    return exact ?? this.modelPictures.dbAt(this.source, t, hz);
  }

  /** The picture of the whole recording, for its words; null where the model has none. */
  whole() {
    return this.modelPictures.whole(this.source);
  }
}
