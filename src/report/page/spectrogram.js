// The spectrogram: the model's picture, drawn where it lies, and over it what was computed for the stretch
// in sight. Zooming and panning only move what is painted.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { Picture, scale, hzTicks, timeTicks, timeUnit, axisX, axisY, text, kLeft, kRight } = pw.plot;
  const { palette } = pw.colours;
  const kTop = 8, kBottom = 22;
  const kSettle = 160;      // milliseconds without a change before detail is computed
  const kMostColumns = 1400, kMostRows = 512;
  const kCoarse = 0.8;      // columns of the model for each column of the screen, below which detail pays
  const kNarrowest = 1.25;  // the frequency range's upper edge over its lower: about a major third

  class Spectrogram {
    constructor(v, timeline, sound) {
      Object.assign(this, { v, timeline, sound, source: "input", logarithmic: true, depth: 80 });
      this.full = { low: v.range.low, high: v.range.high };
      this.hz = { ...this.full };
      this.colours = palette(0);
      this.estimate = pw.makeEstimate(v);
      this.painted = new Map();
      this.detail = null;
      this.listeners = [];
      this.picture = new Picture("spectrogram", (context, theme) => this.draw(context, theme));
      this.canvas = this.picture.canvas;
      timeline.onChange(() => this.changed());
    }

    /** Calls listener() when a computed picture is complete or the choice of what is shown has changed. */
    onChange(listener) { this.listeners.push(listener); }
    tell() { for (const listener of this.listeners) listener(); }

    show(source) {
      this.source = source;
      this.restart();
    }
    setAxis(logarithmic) {
      this.logarithmic = logarithmic;
      this.full.low = logarithmic ? this.v.range.low : 0;
      this.hz = { ...this.full };
      this.restart();
    }
    setDepth(depth) {
      this.depth = depth;
      const { db_min: floor, db_max: top } = this.v.picture;
      this.colours = palette(255 * (1 - depth / (top - floor)));
      this.painted.clear();
      this.detail?.repaint(this.colours);
      this.picture.touch();
      this.tell();
    }
    restart() {
      this.detail?.stop();
      this.detail = null;
      this.changed();
      this.tell();
    }

    /** Shows `factor` times as much of the frequencies, with `at` staying where it is. */
    zoomHz(factor, at = this.logarithmic ? Math.sqrt(this.hz.low * this.hz.high) : (this.hz.low + this.hz.high) / 2) {
      const to = this.logarithmic ? Math.log : (x) => x, back = this.logarithmic ? Math.exp : (x) => x;
      const [low, high, least, most, middle] = [this.hz.low, this.hz.high, this.full.low, this.full.high, at].map(to);
      const narrowest = this.logarithmic ? Math.log(kNarrowest) : (most - least) / 100;
      const span = Math.min(Math.max((high - low) * factor, Math.min(narrowest, most - least)), most - least);
      const begin = Math.min(Math.max(least, middle - ((middle - low) / (high - low)) * span), most - span);
      this.hz = { low: back(begin), high: back(begin + span) };
      if (span === most - least) this.hz = { ...this.full };
      this.changed();
      this.tell();
    }
    panHz(share) {
      const to = this.logarithmic ? Math.log : (x) => x, back = this.logarithmic ? Math.exp : (x) => x;
      const [low, high, least, most] = [this.hz.low, this.hz.high, this.full.low, this.full.high].map(to);
      const begin = Math.min(Math.max(least, low + share * (high - low)), most - (high - low));
      this.hz = { low: back(begin), high: back(begin + high - low) };
      this.changed();
    }

    changed() {
      this.picture.touch();
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.computeDetail(), kSettle);
    }

    area() {
      const width = this.canvas.clientWidth - kLeft - kRight, height = this.canvas.clientHeight - kTop - kBottom;
      const density = Math.min(window.devicePixelRatio || 1, 2);
      return {
        from: this.timeline.from, to: this.timeline.to, ...this.hz, logarithmic: this.logarithmic,
        width: Math.min(kMostColumns, Math.round(width * density)), height: Math.min(kMostRows, Math.round(height * density)),
      };
    }

    wantsDetail(area) {
      const { v, sound } = this;
      if (!sound.playable || v.levels.length === 0 || area.width < 2 || area.height < 2 || !(v.picture.reference > 0)) return false;
      if (this.source !== "input" || !this.logarithmic) return true;
      const columns = v.picture.width * (this.timeline.span / v.picture.duration_s);
      const rows = v.picture.height * (Math.log(this.hz.high / this.hz.low) / Math.log(v.picture.hz_max / v.picture.hz_min));
      return columns < kCoarse * area.width || rows < kCoarse * area.height;
    }

    computeDetail() {
      const area = this.area();
      if (!this.wantsDetail(area)) {
        if (this.source === "input") this.detail?.stop();
        return;
      }
      if (this.detail && !this.detail.stopped && JSON.stringify(this.detail.area) === JSON.stringify(area)) return;
      this.detail?.stop();
      this.behind = this.detail;  // stays in sight until the new one covers it
      const detail = new pw.Detail(this.v, this.sound, this.source, area);
      this.detail = detail;
      detail.compute(this.colours, () => {
        this.picture.touch();
        if (detail.complete) this.tell();
      }).catch((error) => {
        detail.stop();
        this.failed = String(error);  // a stretch that this browser cannot decode: the model's picture stays
        this.tell();
      });
    }

    /** The model's picture of what is shown, painted for the axis; null where the model has none. */
    base() {
      const key = `${this.source}|${this.logarithmic}`;
      if (!this.painted.has(key)) {
        if (this.painted.size > 6) this.painted.clear();
        const levels = this.baseLevels();
        this.painted.set(key, levels ? this.paint(levels) : null);
      }
      return this.painted.get(key);
    }
    baseLevels() {
      if (this.v.levels.length === 0) return null;
      if (this.source === "input") return this.v.levels;
      if (typeof this.source !== "number") return null;
      if (this.estimated?.source !== this.source) this.estimated = { source: this.source, levels: this.estimate(this.source) };
      return this.estimated.levels;
    }
    paint(levels) {
      const { width, height, hz_min: low, hz_max: high } = this.v.picture;
      const canvas = document.createElement("canvas");
      const rows = this.logarithmic ? height : 2 * height;
      canvas.width = width;
      canvas.height = rows;
      const image = new ImageData(width, rows), pixels = new Uint32Array(image.data.buffer);
      for (let r = 0; r < rows; ++r) {
        const hz = low + ((high - low) * (r + 0.5)) / rows;
        const row = this.logarithmic ? r : Math.min(height - 1, Math.floor((height * Math.log(hz / low)) / Math.log(high / low)));
        for (let c = 0, to = (rows - 1 - r) * width; c < width; ++c, ++to) pixels[to] = this.colours[levels[row * width + c]];
      }
      canvas.getContext("2d").putImageData(image, 0, 0);
      return canvas;
    }

    places(width, height) {
      const box = { left: kLeft, right: width - kRight, top: kTop, bottom: height - kBottom };
      return {
        box, x: scale(this.timeline.from, this.timeline.to, box.left, box.right),
        y: scale(this.hz.low, this.hz.high, box.bottom, box.top, this.logarithmic),
      };
    }

    draw(context, theme) {
      const { box, x, y } = this.places(theme.width, theme.height);
      const { picture, frameSeconds } = this.v;
      context.fillStyle = "#000004";
      context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      context.save();
      context.beginPath();
      context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      context.clip();
      context.imageSmoothingQuality = "high";
      const base = this.base();
      if (base) {
        const from = -frameSeconds / 2, to = picture.duration_s - frameSeconds / 2;
        this.put(context, base, x(from), x(to), y(picture.hz_max), y(picture.hz_min));
        // The sound may end up to half a frame after the last frame does, which stands for that too.
        if (x(to) < box.right) context.drawImage(base, base.width - 1, 0, 1, base.height, x(to) - 1, y(picture.hz_max), box.right - x(to) + 1, y(picture.hz_min) - y(picture.hz_max));
      }
      for (const one of [this.behind, this.detail]) if (one) this.putDetail(context, one, x, y);
      context.restore();
      axisY(context, box, hzTicks(this.hz.low, this.hz.high, this.logarithmic), y, theme);
      axisX(context, box, timeTicks(this.timeline.from, this.timeline.to, box.right - box.left), x, theme, { unit: timeUnit(this.timeline.to) });
      context.fillStyle = theme.soft;
      text(context, "Hz", 2, box.bottom + 5, "left", "top");
    }

    putDetail(context, detail, x, y) {
      const { area } = detail;
      if (detail.source !== this.source || area.logarithmic !== this.logarithmic || detail.done === 0) return;
      const right = area.from + ((area.to - area.from) * detail.done) / area.width;
      this.put(context, detail.canvas, x(area.from), x(right), y(area.high), y(area.low), detail.done);
    }

    /** Draws only what of `image` (its first `columns`) lies within the clip: far zooms stay exact. */
    put(context, image, left, right, top, bottom, columns = image.width) {
      const width = context.canvas.clientWidth, height = context.canvas.clientHeight;
      const a = Math.max(0, (0 - left) / (right - left)), b = Math.min(1, (width - left) / (right - left));
      const c = Math.max(0, (0 - top) / (bottom - top)), d = Math.min(1, (height - top) / (bottom - top));
      if (!(b > a) || !(d > c)) return;
      context.drawImage(image, a * columns, c * image.height, (b - a) * columns, (d - c) * image.height,
        left + a * (right - left), top + c * (bottom - top), (b - a) * (right - left), (d - c) * (bottom - top));
    }

    /** Decibels at a place; null outside and where nothing is known. */
    dbAt(t, hz) {
      const exact = this.detail?.source === this.source ? this.detail.dbAt(t, hz) : null;
      if (exact !== null) return exact;
      const levels = this.baseLevels(), { width, height, hz_min: low, hz_max: high, db_min: floor, db_max: top, duration_s: length } = this.v.picture;
      const c = Math.floor(((t + this.v.frameSeconds / 2) / length) * width);
      const r = Math.floor((Math.log(hz / low) / Math.log(high / low)) * height);
      if (!levels || c < 0 || c >= width || r < 0 || r >= height) return null;
      return floor + (levels[r * width + c] / 255) * (top - floor);
    }

    /** What levels the shown picture has as a whole, for its words: { levels, width, height, hzOf, timeOf } or null. */
    whole() {
      const { width, height, hz_min: low, hz_max: high, duration_s: length } = this.v.picture;
      const levels = this.baseLevels();
      if (!levels) return null;
      return {
        levels, width, height, hzOf: (row) => low * (high / low) ** (row / height),
        timeOf: (column) => Math.max(0, (column / width) * length - this.v.frameSeconds / 2),
      };
    }
  }

  pw.Spectrogram = Spectrogram;
  pw.spectrogramMargins = { kTop, kBottom };
})();
