// What is drawn: the spectrogram, a spectrum, an activation, the trace of the objective.
(() => {
  "use strict";
  const pw = (globalThis.partwise ??= {});
  const { Picture, colourTable, scale, hzTicks, octaveTicks, timeTicks, timeUnit, logTicks, axisX, axisY, frame, text,
    kLeft, kRight } = pw.plot;

  const kDepthDb = 80;  // of a spectrum, as deep as the spectrogram
  const kHeadroom = 18;  // above a spectrum, for the label of its peak

  const kLaneWithNumber = 12;  // pixels: lower lanes have no room for a number

  const box = (theme, top, bottom) => ({ left: kLeft, right: theme.width - kRight, top, bottom: theme.height - bottom });

  function bytesOf(base64) {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; ++i) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  /** The model's picture as a canvas of its own size, high frequencies on top. */
  function paint(picture, levels) {
    const canvas = document.createElement("canvas");
    canvas.width = picture.width;
    canvas.height = picture.height;
    const context = canvas.getContext("2d");
    const image = context.createImageData(picture.width, picture.height);
    const table = colourTable();
    for (let row = 0; row < picture.height; ++row) {
      let to = (picture.height - 1 - row) * picture.width * 4;
      for (let i = row * picture.width; i < (row + 1) * picture.width; ++i, to += 4) {
        const colour = 3 * levels[i];
        image.data[to] = table[colour];
        image.data[to + 1] = table[colour + 1];
        image.data[to + 2] = table[colour + 2];
        image.data[to + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }

  /** What a spectrogram says at a place, and in words as a whole. */
  function readPicture(picture, levels, frameSeconds) {
    const hzOf = (row) => picture.hz_min * (picture.hz_max / picture.hz_min) ** (row / picture.height);
    const timeOf = (column) => (column / picture.width) * picture.duration_s - frameSeconds / 2;
    const dbOf = (level) => picture.db_min + (level / 255) * (picture.db_max - picture.db_min);
    let loudest = 0, low = picture.height, high = -1;
    const near = 255 * (1 - 40 / (picture.db_max - picture.db_min));  // within 40 dB of the loudest
    for (let i = 0; i < levels.length; ++i) {
      if (levels[i] > levels[loudest]) loudest = i;
      if (levels[i] < near) continue;
      const row = Math.floor(i / picture.width);
      low = Math.min(low, row);
      high = Math.max(high, row);
    }
    const at = { row: Math.floor(loudest / picture.width), column: loudest % picture.width };
    return {
      silent: !(levels[loudest] > 0),
      loudestHz: hzOf(at.row + 0.5), loudestTime: Math.max(0, timeOf(at.column + 0.5)),
      lowHz: hzOf(low), highHz: hzOf(high + 1),
      dbAt(t, hz) {
        const column = Math.floor(((t + frameSeconds / 2) / picture.duration_s) * picture.width);
        const row = Math.floor((Math.log(hz / picture.hz_min) / Math.log(picture.hz_max / picture.hz_min)) * picture.height);
        if (column < 0 || column >= picture.width || row < 0 || row >= picture.height) return null;
        return dbOf(levels[row * picture.width + column]);
      },
    };
  }

  function spectrogram(picture, levels, duration, frameSeconds) {
    let painted = null;
    return new Picture("spectrogram", (context, theme) => {
      const at = box(theme, 8, 22);
      const x = scale(0, duration, at.left, at.right);
      const y = scale(picture.hz_min, picture.hz_max, at.bottom, at.top, true);
      painted ??= paint(picture, levels);
      context.fillStyle = "#000004";
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      context.save();
      context.beginPath();
      context.rect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      context.clip();
      context.imageSmoothingQuality = "high";
      const from = x(-frameSeconds / 2), to = x(picture.duration_s - frameSeconds / 2);
      context.drawImage(painted, from, at.top, to - from, at.bottom - at.top);
      // The sound may end up to half a frame after the last frame does, which stands for that too.
      if (to < at.right) {
        context.drawImage(painted, picture.width - 1, 0, 1, picture.height, to - 1, at.top, at.right - to + 1, at.bottom - at.top);
      }
      context.restore();
      axisY(context, at, hzTicks(picture.hz_min, picture.hz_max), y, theme);
      context.fillStyle = theme.soft;
      axisX(context, at, timeTicks(duration, at.right - at.left), x, theme, { unit: timeUnit(duration) });
      text(context, "Hz", 2, at.bottom + 5, "left", "top");
    });
  }

  /** Template values as decibels below their largest. */
  function levelsOf(values, power) {
    const peak = values.reduce((best, v) => Math.max(best, v ?? 0), 0);
    const factor = power === 2 ? 10 : 20;
    return values.map((v) => v > 0 && peak > 0 ? factor * Math.log10(v / peak) : -Infinity);
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

  function activation(values, timeOf, duration) {
    const peak = values.reduce((best, v) => Math.max(best, v ?? 0), 0);
    return new Picture("activation", (context, theme) => {
      const at = box(theme, 8, 20);
      const x = scale(0, duration, at.left, at.right);
      const y = scale(0, 1, at.bottom, at.top + 2);
      context.fillStyle = theme.ground;
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      axisY(context, at, [{ at: 0, label: "0" }, { at: 1, label: "peak" }], y, theme);
      axisX(context, at, timeTicks(duration, at.right - at.left), x, theme, { grid: true, unit: timeUnit(duration) });
      const points = values.map((v, i) => ({ x: x(timeOf(i)), y: y(peak > 0 ? (v ?? 0) / peak : 0) }));
      clipped(context, at, () => fillUnder(context, outline(points), at.bottom, theme.own));
      frame(context, at, theme);
    });
  }

  /** All activations under each other, each as high as its own peak, in step with the spectrogram. */
  function lanes(activations, timeOf, duration, colourOf, laneHeight) {
    return new Picture("lanes", (context, theme) => {
      const at = box(theme, 0, 0);
      const x = scale(0, duration, at.left, at.right);
      activations.forEach((values, k) => {
        const top = k * laneHeight, bottom = top + laneHeight - 2;
        const peak = values.reduce((best, v) => Math.max(best, v ?? 0), 0);
        const y = scale(0, 1, bottom, top + 2);
        context.fillStyle = theme.ground;
        context.fillRect(at.left, top, at.right - at.left, laneHeight - 1);
        context.fillStyle = theme.soft;
        if (laneHeight >= kLaneWithNumber) text(context, String(k), at.left - 6, (top + bottom) / 2 + 1, "right", "middle");
        const points = values.map((v, i) => ({ x: x(timeOf(i)), y: y(peak > 0 ? (v ?? 0) / peak : 0) }));
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

  pw.pictures = { bytesOf, readPicture, spectrogram, levelsOf, spectrum, activation, lanes, trace };
})();
