// A spectrogram of what is in sight, computed from the sound a few columns at a time, so that the page
// stays quick meanwhile.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { makeAnalyser, pictureRows, columnLevels } = pw.fourier;
  const kSlice = 8;          // milliseconds of work at a time: half a frame of a screen
  const kColumnsAtOnce = 48;  // of one fetch of samples
  const kMostFrames = 4;     // looked at under one column: the loudest is shown

  const rest = () => new Promise((done) => setTimeout(done));

  /** The part of the plane a picture covers: seconds, Hz, kind of axis, and how many pixels. */
  class Detail {
    constructor(v, sound, source, area) {
      Object.assign(this, { v, sound, source, area, done: 0, stopped: false });
      this.levels = new Uint8Array(area.width * area.height);  // column by column, lowest row first
      this.canvas = document.createElement("canvas");
      this.canvas.width = area.width;
      this.canvas.height = area.height;
    }

    get complete() { return this.done === this.area.width; }
    stop() { this.stopped = true; }

    /** onProgress(this) after every few columns. */
    async compute(palette, onProgress) {
      const { v, sound, area } = this;
      this.palette = palette;
      const analysed = Math.round((v.summary.analysed?.rate ?? sound.rate) / v.binHz);
      const analyser = makeAnalyser(Math.max(2, Math.round(sound.rate / v.binHz)), analysed);
      const rows = pictureRows(area.low, area.high, area.height, area.logarithmic, sound.rate / analyser.size, analyser.bins);
      const seconds = (area.to - area.from) / area.width;
      const perColumn = Math.min(kMostFrames, Math.max(1, Math.round(seconds / v.frameSeconds)));
      const startOf = (at) => Math.round((area.from + seconds * at) * sound.rate - analyser.frame / 2);
      let since = performance.now();
      for (let first = 0; first < area.width && !this.stopped; first += kColumnsAtOnce) {
        const end = Math.min(area.width, first + kColumnsAtOnce);
        const begin = startOf(first);
        const channels = (await sound.stretchOf(this.source, begin, startOf(end) + analyser.frame - begin)).slice(0, 2);
        for (let c = first; c < end && !this.stopped; ++c) {
          this.column(c, analyser, rows, channels, (at) => startOf(at) - begin, perColumn);
          this.done = c + 1;
          if (performance.now() - since < kSlice) continue;
          this.paint(first, this.done);
          onProgress(this);
          await rest();
          since = performance.now();
        }
        this.paint(first, this.done);
      }
      if (!this.stopped) onProgress(this);
    }

    column(c, analyser, rows, channels, startOf, perColumn) {
      const out = this.levels.subarray(c * this.area.height, (c + 1) * this.area.height);
      const { reference, db_min: floor, db_max: top } = this.v.picture;
      let loudest = null;
      for (let i = 0; i < perColumn; ++i) {
        const magnitudes = analyser.magnitudes(channels, startOf(c + (i + 0.5) / perColumn));
        if (perColumn === 1) loudest = magnitudes;
        else if (!loudest) loudest = magnitudes.slice();
        else for (let f = 0; f < loudest.length; ++f) if (magnitudes[f] > loudest[f]) loudest[f] = magnitudes[f];
      }
      columnLevels(loudest, rows, reference, top - floor, out);
    }

    paint(first, end) {
      const { height } = this.area, width = end - first;
      if (width <= 0) return;
      const image = new ImageData(width, height), pixels = new Uint32Array(image.data.buffer);
      for (let c = 0; c < width; ++c) {
        for (let r = 0; r < height; ++r) pixels[(height - 1 - r) * width + c] = this.palette[this.levels[(first + c) * height + r]];
      }
      this.canvas.getContext("2d").putImageData(image, first, 0);
    }

    repaint(palette) {
      this.palette = palette;
      this.paint(0, this.done);
    }

    /** Decibels at a place; null where nothing is computed. */
    dbAt(t, hz) {
      const { area } = this, { db_min: floor, db_max: top } = this.v.picture;
      const c = Math.floor(((t - area.from) / (area.to - area.from)) * area.width);
      const up = area.logarithmic ? Math.log(hz / area.low) / Math.log(area.high / area.low) : (hz - area.low) / (area.high - area.low);
      const r = Math.floor(up * area.height);
      if (c < 0 || c >= this.done || r < 0 || r >= area.height) return null;
      return floor + (this.levels[c * area.height + r] / 255) * (top - floor);
    }
  }

  pw.Detail = Detail;
})();
