// The spectrograms that the model has, or from which one can be estimated, painted for an axis.

import { makePalette } from "./colours.js";
import { makeScale } from "./scale.js";
import { makeEstimate } from "../spectra/estimate.js";

const kMaxPainted = 6; // pictures kept

/**
 * One pixel for each level; where the axis is linear, rows are taken from where they lie in the
 * levels.
 */
function paintLevels(levels, { width, height, hz_min: low, hz_max: high }, palette, logarithmic) {
  const rows = logarithmic ? height : 2 * height;
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = rows;
  const image = new ImageData(width, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const rowOf = makeScale(low, high, 0, height, true);
  for (let r = 0; r < rows; ++r) {
    const hz = low + ((high - low) * (r + 0.5)) / rows;
    const row = logarithmic ? r : Math.min(height - 1, Math.floor(rowOf(hz)));
    const to = (rows - 1 - r) * width;
    for (let c = 0; c < width; ++c) pixels[to + c] = palette[levels[row * width + c]];
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

export class ModelPictures {
  #painted = new Map();
  #estimated = { source: null, levels: null };

  constructor(model) {
    this.model = model;
    this.estimate = makeEstimate(model);
    this.setPalette(makePalette(0));
  }

  setPalette(palette) {
    this.palette = palette;
    this.#painted.clear();
  }

  /** Levels of a source ("input" or the number of a part), or null where the model has none. */
  levelsOf(source) {
    if (this.model.levels.length === 0) return null;
    if (source === "input") return this.model.levels;
    if (typeof source !== "number") return null;
    if (this.#estimated.source !== source)
      this.#estimated = { source, levels: this.estimate(source) };
    return this.#estimated.levels;
  }

  /** A canvas of these levels, or null. */
  imageOf(source, logarithmic) {
    const key = `${source}|${logarithmic}`;
    if (!this.#painted.has(key)) {
      if (this.#painted.size >= kMaxPainted) this.#painted.clear();
      const levels = this.levelsOf(source);
      const { picture } = this.model;
      this.#painted.set(key, levels && paintLevels(levels, picture, this.palette, logarithmic));
    }
    return this.#painted.get(key);
  }

  /** Decibels at a place; null outside and where nothing is known. */
  dbAt(source, t, hz) {
    const levels = this.levelsOf(source);
    const {
      width,
      height,
      hz_min: low,
      hz_max: high,
      db_min: floor,
      db_max: top,
      duration_s: length,
    } = this.model.picture;
    const c = Math.floor(((t + this.model.frameSeconds / 2) / length) * width);
    const r = Math.floor(makeScale(low, high, 0, height, true)(hz));
    if (!levels || !(c >= 0 && c < width && r >= 0 && r < height)) return null;
    return floor + (levels[r * width + c] / 255) * (top - floor);
  }

  /** A whole picture, for its words: { levels, width, height, hzOf, timeOf } or null. */
  whole(source) {
    const { width, height, hz_min: low, hz_max: high, duration_s: length } = this.model.picture;
    const levels = this.levelsOf(source);
    if (!levels) return null;
    return {
      levels,
      width,
      height,
      hzOf: (row) => low * (high / low) ** (row / height),
      timeOf: (column) => Math.max(0, (column / width) * length - this.model.frameSeconds / 2),
    };
  }
}
