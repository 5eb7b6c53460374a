// What is drawn of parts and of the fit: spectrum, activation, waveform, lanes, trace.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { Picture, scale, hzTicks, octaveTicks, timeTicks, timeUnit, logTicks, axisX, axisY, frame, text,
    kLeft, kRight } = pw.plot;

  const kDepthDb = 80;  // of a spectrum, as deep as the spectrogram
  const kHeadroom = 18;  // above a spectrum, for the label of its peak
  const kLeastMark = 4;  // pixels: of the weakest event
  const kMarkShare = 0.4;  // of the height: of the strongest
  const kLaneWithNumber = 12;  // pixels: lower lanes have no room for a number

  const box = (theme, top, bottom) => ({ left: kLeft, right: theme.width - kRight, top, bottom: theme.height - bottom });

  /** Template values as decibels below their largest. */
  function levelsOf(values, power) {
    const peak = values.reduce((best, v) => Math.max(best, v), 0);
    const factor = power === 2 ? 10 : 20;
    return Array.from(values, (v) => v > 0 && peak > 0 ? factor * Math.log10(v / peak) : -Infinity);
  }

  /** The line through points, the highest one in each pixel column. */
  function outline(points) {
    const line = [];
    for (const point of points) {
      const last = line[line.length - 1];
      if (last && Math.floor(last.x) === Math.floor(point.x)) {
        if (point.y < last.y) line[line.length - 1] = point;
      } else {
        line.push(point);
      }
    }
    return line;
  }

  function fillUnder(context, line, bottom, colour, opacity = 0.22) {
    if (line.length === 0) return;
    context.beginPath();
    context.moveTo(line[0].x, bottom);
    for (const { x, y } of line) context.lineTo(x, y);
    context.lineTo(line[line.length - 1].x, bottom);
    context.closePath();
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    context.beginPath();
    line.forEach(({ x, y }, i) => i === 0 ? context.moveTo(x, y) : context.lineTo(x, y));
    context.strokeStyle = colour;
    context.lineWidth = opacity > 0.5 ? 1 : 1.5;
    context.lineJoin = "round";
    context.stroke();
  }

  function clipped(context, at, draw) {
    context.save();
    context.beginPath();
    context.rect(at.left, at.top - 1, at.right - at.left, at.bottom - at.top + 1);
    context.clip();
    draw();
    context.restore();
  }

  function spectrum(levels, hzOf, range, peakHz, peakLabel) {
    return new Picture("spectrum", (context, theme) => {
      const at = box(theme, 22, 20);
      const x = scale(range.low, range.high, at.left, at.right, true);
      const y = scale(-kDepthDb, 0, at.bottom, at.top + kHeadroom);
      context.fillStyle = theme.ground;
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      const ticks = [{ at: 0, label: "0 dB" }, { at: -40, label: "\u221240" }, { at: -80, label: "\u221280" }];
      axisY(context, at, ticks, y, theme, { grid: true });
      axisX(context, at, hzTicks(range.low, range.high), x, theme, { grid: true, unit: "Hz" });
      axisX(context, at, octaveTicks(range.low, range.high), x, theme, { above: true });
      const points = [];
      levels.forEach((level, i) => {
        if (hzOf(i) > 0) points.push({ x: x(hzOf(i)), y: y(Math.max(level, -kDepthDb - 2)) });
      });
      clipped(context, at, () => fillUnder(context, outline(points), at.bottom + 2, theme.own));
      if (peakHz >= range.low && peakHz <= range.high) markPeak(context, theme, at, x(peakHz), y(0), peakLabel);
      frame(context, at, theme);
    });
  }

  function markPeak(context, theme, at, x, y, label) {
    context.fillStyle = theme.own;
    context.beginPath();
    context.arc(x, y, 3.5, 0, 2 * Math.PI);
    context.fill();
    const width = context.measureText(label).width;
    const right = x + 12 + width < at.right;
    const left = right ? x + 8 : x - 8 - width;
    context.fillStyle = theme.ink;
    text(context, label, left, y - 4, "left", "bottom");
  }

  /** The points of a row that are in sight, and one beyond on either side. */
  function inSight(values, timeOf, timeline, place) {
    const points = [];
    const step = values.length > 1 ? timeOf(1) - timeOf(0) : 1;
    for (let i = 0; i < values.length; ++i) {
      const t = timeOf(i);
      if (t >= timeline.from - step && t <= timeline.to + step) points.push(place(t, values[i]));
    }
    return points;
  }

  /** Where something begins: a stroke from the top, the stronger the longer. */
  function drawMarks(context, at, marks, timeline, x, theme) {
    context.fillStyle = theme.ink;
    const room = at.bottom - at.top;
    for (const mark of marks) {
      if (mark.from < timeline.from || mark.from > timeline.to) continue;
      context.fillRect(Math.round(x(mark.from)) - 0.5, at.top, 1.5, Math.max(kLeastMark, kMarkShare * mark.strength * room));
    }
  }

  function activation(values, timeOf, timeline, marks = []) {
    const peak = values.reduce((best, v) => Math.max(best, v), 0);
    return new Picture("activation", (context, theme) => {
      const at = box(theme, 8, 2);
      const x = scale(timeline.from, timeline.to, at.left, at.right);
      const y = scale(0, 1, at.bottom, at.top + 2);
      context.fillStyle = theme.ground;
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      axisY(context, at, [{ at: 0, label: "0" }, { at: 1, label: "peak" }], y, theme);
      gridX(context, at, timeTicks(timeline.from, timeline.to, at.right - at.left), x, theme);
      const points = inSight(values, timeOf, timeline, (t, v) => ({ x: x(t), y: y(peak > 0 ? v / peak : 0) }));
      clipped(context, at, () => fillUnder(context, outline(points), at.bottom, theme.own));
      drawMarks(context, at, marks, timeline, x, theme);
      frame(context, at, theme);
    });
  }

  /** The lines of an axis whose numbers stand under another picture. */
  function gridX(context, at, ticks, x, theme) {
    context.fillStyle = theme.line;
    for (const tick of ticks) context.fillRect(Math.round(x(tick.at)), at.top, 1, at.bottom - at.top);
  }

  /**
   * Lowest and highest sample over time at true scale: the full height is `peak` and the label says so.
   * pairsOf(from, to, columns): Float32 pairs, or null where nothing is known.
   */
  function waveform(pairsOf, peak, label, timeline) {
    return new Picture("waveform", (context, theme) => {
      const at = box(theme, 6, 20);
      const x = scale(timeline.from, timeline.to, at.left, at.right);
      const full = peak > 0 ? peak : 1;
      const y = scale(-full, full, at.bottom - 2, at.top + 2);
      context.fillStyle = theme.ground;
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      axisX(context, at, timeTicks(timeline.from, timeline.to, at.right - at.left), x, theme, { grid: true, unit: timeUnit(timeline.to) });
      axisY(context, at, [{ at: full, label }, { at: 0, label: "0" }], y, theme);
      const columns = Math.max(1, Math.round(at.right - at.left));
      const pairs = pairsOf(timeline.from, timeline.to, columns);
      context.fillStyle = theme.own;
      for (let c = 0; pairs && c < columns; ++c) {
        const top = y(pairs[2 * c + 1]), bottom = y(pairs[2 * c]);
        if (bottom >= top) context.fillRect(at.left + c, top - 0.5, 1, bottom - top + 1);
      }
      frame(context, at, theme);
    });
  }

  /** The pairs of pairsOf from an outline of the whole recording. */
  function pairsFrom(outline, duration, from, to, columns) {
    const points = outline.length / 2, out = new Float32Array(2 * columns);
    if (points === 0) return null;
    for (let c = 0; c < columns; ++c) {
      const a = ((from + ((to - from) * c) / columns) / duration) * points;
      const b = ((from + ((to - from) * (c + 1)) / columns) / duration) * points;
      const first = Math.min(points - 1, Math.max(0, Math.floor(a))), end = Math.min(points, Math.max(first + 1, Math.ceil(b)));
      let low = Infinity, high = -Infinity;
      for (let i = first; i < end; ++i) {
        low = Math.min(low, outline[2 * i]);
        high = Math.max(high, outline[2 * i + 1]);
      }
      out[2 * c] = low;
      out[2 * c + 1] = high;
    }
    return out;
  }

  /** All activations under each other, each as high as its own peak, in step with the spectrogram. */
  function lanes(activations, timeOf, timeline, colourOf, laneHeight) {
    const peaks = activations.map((values) => values.reduce((best, v) => Math.max(best, v), 0));
    return new Picture("lanes", (context, theme) => {
      const at = box(theme, 0, 0);
      const x = scale(timeline.from, timeline.to, at.left, at.right);
      activations.forEach((values, k) => {
        const top = k * laneHeight, bottom = top + laneHeight - 2;
        const y = scale(0, 1, bottom, top + 2);
        context.fillStyle = theme.ground;
        context.fillRect(at.left, top, at.right - at.left, laneHeight - 1);
        context.fillStyle = theme.soft;
        if (laneHeight >= kLaneWithNumber) text(context, String(k), at.left - 6, (top + bottom) / 2 + 1, "right", "middle");
        const points = inSight(values, timeOf, timeline, (t, v) => ({ x: x(t), y: y(peaks[k] > 0 ? v / peaks[k] : 0) }));
        clipped(context, { ...at, top, bottom }, () => fillUnder(context, outline(points), bottom, colourOf(k), 0.75));
      });
    });
  }

  function trace(objective) {
    const last = objective.last_iteration;
    const points = objective.values
      .map((value, i) => ({ at: Math.min(i * objective.iterations_per_point, last), value }))
      .filter(({ value }) => value > 0);
    if (points.length < 2) return null;
    const low = Math.min(...points.map((p) => p.value)), high = Math.max(...points.map((p) => p.value));
    const picture = new Picture("trace", (context, theme) => {
      const at = { ...box(theme, 10, 20), left: 64 };
      const margin = Math.max((high / low) ** 0.06, 1.001);
      const x = scale(0, Math.max(last, 1), at.left, at.right);
      const y = scale(low / margin, high * margin, at.bottom, at.top, true);
      context.fillStyle = theme.ground;
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      axisY(context, at, logTicks(low / margin, high * margin), y, theme, { grid: true });
      const step = 10 ** Math.floor(Math.log10(Math.max(last, 1)));
      const every = last / step > 4 ? step * 2 : last / step >= 2 ? step : Math.max(1, step / 5);
      const ticks = [];
      for (let i = 0; i <= last; i += every) ticks.push({ at: i, label: String(i) });
      axisX(context, at, ticks, x, theme, { grid: true });
      context.beginPath();
      points.forEach((p, i) => i === 0 ? context.moveTo(x(p.at), y(p.value)) : context.lineTo(x(p.at), y(p.value)));
      context.strokeStyle = theme.own;
      context.lineWidth = 2;
      context.lineJoin = "round";
      context.stroke();
      frame(context, at, theme);
    });
    return { picture, first: points[0].value, last: points[points.length - 1].value };
  }

  pw.pictures = { levelsOf, spectrum, activation, waveform, pairsFrom, lanes, trace };
})();
