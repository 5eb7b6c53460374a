// A part over time and over frequency.

import { axisX, axisY, drawFrame, drawGround, drawText, gridX, plotBox } from "./axes.js";
import { clipped, fillCircle, fillUnder, outlineOf, pointsInSight } from "./curves.js";
import { Picture } from "./picture.js";
import { makeScale } from "./scale.js";
import { hzTicks, octaveTicks, timeTicks, timeUnit } from "./ticks.js";
import { largestOf } from "../model/values.js";

const kDepthDb = 80; // of a spectrum, as deep as the spectrogram
const kHeadroom = 18; // above a spectrum, for the label of its peak
const kMinMark = 4; // pixels: of the weakest event
const kMarkShare = 0.4; // of the height: of the strongest
const kMinNumberedLane = 12; // pixels: lower lanes have no room for a number
const kDbTicks = [
  { at: 0, label: "0 dB" },
  { at: -40, label: "\u221240" },
  { at: -80, label: "\u221280" },
];

const withLineAbove = (box) => ({ ...box, top: box.top - 1 });

function markPeak(context, theme, box, { x, y, label }) {
  context.fillStyle = theme.own;
  fillCircle(context, x, y, 3.5);
  const width = context.measureText(label).width;
  const left = x + 12 + width < box.right ? x + 8 : x - 8 - width;
  context.fillStyle = theme.ink;
  drawText(context, label, left, y - 4, "left", "bottom");
}

/** levels: decibels below the largest; peak: { hz, label }. */
export function spectrumPicture(levels, hzOf, range, peak) {
  return new Picture("spectrum", (context, theme) => {
    const box = plotBox(theme, 22, 20);
    const x = makeScale(range.low, range.high, box.left, box.right, true);
    const y = makeScale(-kDepthDb, 0, box.bottom, box.top + kHeadroom);
    drawGround(context, box, theme.ground);
    axisY(context, box, kDbTicks, y, theme, { grid: true });
    axisX(context, box, hzTicks(range.low, range.high), x, theme, { grid: true, unit: "Hz" });
    axisX(context, box, octaveTicks(range.low, range.high), x, theme, { above: true });
    const points = [];
    levels.forEach((level, i) => {
      if (hzOf(i) > 0) points.push({ x: x(hzOf(i)), y: y(Math.max(level, -kDepthDb - 2)) });
    });
    clipped(context, withLineAbove(box), () =>
      fillUnder(context, outlineOf(points), box.bottom + 2, theme.own),
    );
    if (peak.hz >= range.low && peak.hz <= range.high) {
      markPeak(context, theme, box, { x: x(peak.hz), y: y(0), label: peak.label });
    }
    drawFrame(context, box, theme);
  });
}

/** Onsets: a stroke from the top for each, the stronger the longer. */
function drawOnsets(context, box, events, timeline, x, theme) {
  context.fillStyle = theme.ink;
  for (const { from, strength } of events) {
    if (from < timeline.from || from > timeline.to) continue;
    const height = Math.max(kMinMark, kMarkShare * strength * (box.bottom - box.top));
    context.fillRect(Math.round(x(from)) - 0.5, box.top, 1.5, height);
  }
}

export function activationPicture(values, timeOf, timeline, events = []) {
  const peak = largestOf(values);
  return new Picture("activation", (context, theme) => {
    const box = plotBox(theme, 8, 2);
    const x = makeScale(timeline.from, timeline.to, box.left, box.right);
    const y = makeScale(0, 1, box.bottom, box.top + 2);
    drawGround(context, box, theme.ground);
    axisY(
      context,
      box,
      [
        { at: 0, label: "0" },
        { at: 1, label: "peak" },
      ],
      y,
      theme,
    );
    gridX(context, box, timeTicks(timeline.from, timeline.to, box.right - box.left), x, theme);
    const place = (t, v) => ({ x: x(t), y: y(peak > 0 ? v / peak : 0) });
    const line = outlineOf(pointsInSight(values, timeOf, timeline, place));
    clipped(context, withLineAbove(box), () => fillUnder(context, line, box.bottom, theme.own));
    drawOnsets(context, box, events, timeline, x, theme);
    drawFrame(context, box, theme);
  });
}

/**
 * Lowest and highest sample over time at true scale: the full height is `peak` and its label says
 * so. pairsOf(from, to, columns): Float32 pairs, or null where nothing is known.
 */
export function waveformPicture(pairsOf, peak, label, timeline) {
  return new Picture("waveform", (context, theme) => {
    const box = plotBox(theme, 6, 20);
    const x = makeScale(timeline.from, timeline.to, box.left, box.right);
    const full = peak > 0 ? peak : 1;
    const y = makeScale(-full, full, box.bottom - 2, box.top + 2);
    drawGround(context, box, theme.ground);
    const ticks = timeTicks(timeline.from, timeline.to, box.right - box.left);
    axisX(context, box, ticks, x, theme, { grid: true, unit: timeUnit(timeline.to) });
    axisY(
      context,
      box,
      [
        { at: full, label },
        { at: 0, label: "0" },
      ],
      y,
      theme,
    );
    const columns = Math.max(1, Math.round(box.right - box.left));
    const pairs = pairsOf(timeline.from, timeline.to, columns);
    context.fillStyle = theme.own;
    for (let c = 0; pairs && c < columns; ++c) {
      const top = y(pairs[2 * c + 1]);
      const bottom = y(pairs[2 * c]);
      if (bottom >= top) context.fillRect(box.left + c, top - 0.5, 1, bottom - top + 1);
    }
    drawFrame(context, box, theme);
  });
}

/** All activations under each other, each as high as its own peak, in step with the spectrogram. */
export function lanesPicture(activations, timeOf, timeline, colourOf, laneHeight) {
  const peaks = activations.map(largestOf);
  return new Picture("lanes", (context, theme) => {
    const box = plotBox(theme, 0, 0);
    const x = makeScale(timeline.from, timeline.to, box.left, box.right);
    activations.forEach((values, k) => {
      const top = k * laneHeight;
      const bottom = top + laneHeight - 2;
      const y = makeScale(0, 1, bottom, top + 2);
      drawGround(context, { ...box, top, bottom: bottom + 1 }, theme.ground);
      context.fillStyle = theme.soft;
      if (laneHeight >= kMinNumberedLane) {
        drawText(context, String(k), box.left - 6, (top + bottom) / 2 + 1, "right", "middle");
      }
      const place = (t, v) => ({ x: x(t), y: y(peaks[k] > 0 ? v / peaks[k] : 0) });
      const line = outlineOf(pointsInSight(values, timeOf, timeline, place));
      const lane = withLineAbove({ ...box, top, bottom });
      clipped(context, lane, () => fillUnder(context, line, bottom, colourOf(k), 0.75));
    });
  });
}
