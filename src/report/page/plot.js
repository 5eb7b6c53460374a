// Canvases that know when to draw, and axes.
(() => {
  "use strict";
  const pw = (globalThis.partwise ??= {});
  const { hertz, clock } = pw.words;

  // The left and right margins are the same for every plot over time, so that times line up; the
  // style sheet places playheads by them.
  const kLeft = 44, kRight = 12;
  const kFont = "11px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

  /** A canvas that redraws when it comes into view, is resized, or the colours change. */
  class Picture {
    constructor(className, draw) {
      this.canvas = document.createElement("canvas");
      this.canvas.className = className;
      this.draw = draw;
      this.dirty = true;
      this.inView = false;
      Picture.all.set(this.canvas, this);
      Picture.views.observe(this.canvas);
      Picture.sizes.observe(this.canvas);
    }

    redraw() {
      const width = this.canvas.clientWidth, height = this.canvas.clientHeight;
      if (width === 0 || height === 0) return;
      const scale = window.devicePixelRatio || 1;
      this.canvas.width = Math.round(width * scale);
      this.canvas.height = Math.round(height * scale);
      const context = this.canvas.getContext("2d");
      context.scale(scale, scale);
      const style = getComputedStyle(this.canvas);
      const colour = (name) => style.getPropertyValue(name).trim();
      context.font = kFont;
      this.draw(context, {
        width, height, ink: colour("--ink"), soft: colour("--soft"), line: colour("--line"),
        ground: colour("--ground"), own: style.color,
      });
      this.dirty = false;
    }

    touch() {
      this.dirty = true;
      if (this.inView) Picture.redrawSoon();
    }

    /** However many changes there are, each picture is drawn once a frame. */
    static redrawSoon() {
      Picture.frame ||= requestAnimationFrame(() => {
        Picture.frame = 0;
        for (const picture of Picture.all.values()) if (picture.inView && picture.dirty) picture.redraw();
      });
    }

    static all = new Map();
    static views = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const picture = Picture.all.get(entry.target);
        picture.inView = entry.isIntersecting;
        if (picture.inView && picture.dirty) picture.redraw();
      }
    }, { rootMargin: "400px" });
    static sizes = new ResizeObserver((entries) => {
      for (const entry of entries) Picture.all.get(entry.target).touch();
    });
    static redrawAll() {
      for (const picture of Picture.all.values()) picture.redraw();
    }
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const picture of Picture.all.values()) picture.touch();
  });
  // Paper is white whatever the screen is, and shows what was never scrolled into view.
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("paper");
    Picture.redrawAll();
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("paper");
    Picture.redrawAll();
  });

  /** A map from values to places, linear or logarithmic. */
  function scale(from, to, low, high, logarithmic = false) {
    const f = logarithmic ? Math.log : (x) => x;
    const a = f(from), b = f(to);
    const place = (x) => low + ((f(x) - a) / (b - a)) * (high - low);
    place.invert = (at) => {
      const y = a + ((at - low) / (high - low)) * (b - a);
      return logarithmic ? Math.exp(y) : y;
    };
    return place;
  }

  const hzLabel = (hz) => hz < 1000 ? String(Number(hz.toPrecision(6))) : `${Number((hz / 1000).toPrecision(6))}k`;

  /** 1, 2, 5 of each decade; where fewer than three are in sight, or on a linear axis, even steps. */
  function hzTicks(low, high, logarithmic = true, most = 8) {
    const ticks = [];
    if (logarithmic) {
      for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high); ++e) {
        for (const d of [1, 2, 5]) {
          const hz = d * 10 ** e;
          if (hz >= low && hz <= high) ticks.push({ at: hz, label: hzLabel(hz) });
        }
      }
      if (ticks.length >= 3) return ticks;
      ticks.length = 0;
    }
    const rough = (high - low) / most, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].find((d) => d * power >= rough) * power;
    for (let i = Math.ceil(low / step); i * step <= high; ++i) ticks.push({ at: i * step, label: hzLabel(i * step) });
    return ticks;
  }

  /** C1, C2, ... */
  function octaveTicks(low, high) {
    const ticks = [];
    for (let octave = 0; octave < 12; ++octave) {
      const hz = 440 * 2 ** ((12 * (octave + 1) - 69) / 12);
      if (hz >= low * 0.999 && hz <= high) ticks.push({ at: hz, label: `C${octave}` });
    }
    return ticks;
  }

  function timeTicks(from, to, width) {
    const kSteps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300,
      600, 1800, 3600, 7200, 21600];
    const room = Math.max(2, width / 62);  // a label and the air around it
    const step = kSteps.find((s) => (to - from) / s <= room) ?? kSteps[kSteps.length - 1];
    const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    const ticks = [];
    for (let i = Math.ceil(from / step - 1e-9); i * step <= to * 1.0001; ++i) {
      const t = i * step;
      const label = to < 60 ? t.toFixed(digits) : digits === 0 ? clock(t)
        : `${Math.floor(t / 60)}:${(t % 60).toFixed(digits).padStart(3 + digits, "0")}`;
      ticks.push({ at: t, label });
    }
    return ticks;
  }

  /** What the labels of timeTicks count. */
  const timeUnit = (to) => to >= 60 ? "min" : "s";

  /** Powers of ten, with 2 and 5 where they are few. */
  function logTicks(low, high) {
    const ticks = [];
    const decades = Math.log10(high / low);
    const digits = decades > 3 ? [1] : decades > 0.7 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
    for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); ++e) {
      for (const d of digits) {
        const value = d * 10 ** e;
        if (value >= low && value <= high) ticks.push({ at: value, label: pw.words.quantity(value) });
      }
    }
    return ticks;
  }

  function text(context, label, x, y, align, baseline) {
    context.textAlign = align;
    context.textBaseline = baseline;
    context.fillText(label, x, y);
  }

  /** Ticks below (or above) the plot; a label that would run into its neighbour is left out. */
  function axisX(context, box, ticks, place, theme, { grid = false, above = false, unit = "" } = {}) {
    let free = -Infinity;
    const y = above ? box.top - 5 : box.bottom + 5;
    const unitWidth = unit ? context.measureText(unit).width + 10 : 0;
    ticks.forEach(({ at, label }) => {
      const x = Math.round(place(at)) + 0.5;
      context.fillStyle = theme.line;
      if (grid) context.fillRect(x - 0.5, box.top, 1, box.bottom - box.top);
      context.fillRect(x - 0.5, above ? box.top - 3 : box.bottom, 1, 3);
      const half = context.measureText(label).width / 2;
      if (x - half < free || x + half > theme.width - 2 - unitWidth) return;
      context.fillStyle = theme.soft;
      text(context, label, x, y, "center", above ? "bottom" : "top");
      free = x + half + 6;
    });
    context.fillStyle = theme.soft;
    if (unit) text(context, unit, theme.width - 2, y, "right", above ? "bottom" : "top");
  }

  function axisY(context, box, ticks, place, theme, { grid = false } = {}) {
    ticks.forEach(({ at, label }) => {
      const y = Math.round(place(at)) + 0.5;
      context.fillStyle = theme.line;
      if (grid) context.fillRect(box.left, y - 0.5, box.right - box.left, 1);
      context.fillRect(box.left - 3, y - 0.5, 3, 1);
      context.fillStyle = theme.soft;
      text(context, label, box.left - 6, y, "right", "middle");
    });
  }

  function frame(context, box, theme) {
    context.strokeStyle = theme.line;
    context.lineWidth = 1;
    context.strokeRect(box.left - 0.5, box.top - 0.5, box.right - box.left + 1, box.bottom - box.top + 1);
  }

  pw.plot = {
    Picture, scale, hzTicks, octaveTicks, timeTicks, timeUnit, logTicks, axisX, axisY, frame,
    text, hertz, kLeft, kRight,
  };
})();
