// Draws a Spectrogram: the model's picture where it lies, and over it what was computed for the
// stretch in sight. Zooming and panning only move what is painted.

import { axisX, axisY, drawGround, drawText, kLeft, kRight, plotBox } from "./axes.js";
import { clipped } from "./curves.js";
import { makeScale } from "./scale.js";
import { hzTicks, timeTicks, timeUnit } from "./ticks.js";

export const kTop = 8;
export const kBottom = 22;
const kGround = "#000004"; // the darkest colour of the map

/** The size of the plot inside a canvas. */
export const plotSize = (canvas) => ({
  width: canvas.clientWidth - kLeft - kRight,
  height: canvas.clientHeight - kTop - kBottom,
});

/** The plot's box, and where times and frequencies are in a canvas of this size. */
export function layoutSpectrogram({ timeline, hz, logarithmic }, width, height) {
  const box = plotBox({ width, height }, kTop, kBottom);
  return {
    box,
    x: makeScale(timeline.from, timeline.to, box.left, box.right),
    y: makeScale(hz.low, hz.high, box.bottom, box.top, logarithmic),
  };
}

/**
 * Draws only what of `image` (its first `columns`) lies within the canvas: far zooms stay exact.
 */
function drawVisible(context, image, { left, right, top, bottom }, columns = image.width) {
  const { clientWidth, clientHeight } = context.canvas;
  const width = right - left;
  const height = bottom - top;
  const a = Math.max(0, (0 - left) / width);
  const b = Math.min(1, (clientWidth - left) / width);
  const c = Math.max(0, (0 - top) / height);
  const d = Math.min(1, (clientHeight - top) / height);
  if (!(b > a) || !(d > c)) return;
  const from = [a * columns, c * image.height, (b - a) * columns, (d - c) * image.height];
  context.drawImage(
    image,
    ...from,
    left + a * width,
    top + c * height,
    (b - a) * width,
    (d - c) * height,
  );
}

function drawModelPicture(context, { model, source, logarithmic, modelPictures }, { box, x, y }) {
  const image = modelPictures.imageOf(source, logarithmic);
  if (!image) return;
  const { picture, frameSeconds } = model;
  const left = x(-frameSeconds / 2);
  const right = x(picture.duration_s - frameSeconds / 2);
  const top = y(picture.hz_max);
  const bottom = y(picture.hz_min);
  drawVisible(context, image, { left, right, top, bottom });
  // The sound may end up to half a frame after the last frame does, which stands for that too.
  if (right >= box.right) return;
  const lastColumn = [image.width - 1, 0, 1, image.height];
  context.drawImage(image, ...lastColumn, right - 1, top, box.right - right + 1, bottom - top);
}

function drawDetail(context, detail, { source, logarithmic }, { x, y }) {
  const { area } = detail;
  if (detail.source !== source || area.logarithmic !== logarithmic || detail.done === 0) return;
  const end = area.from + ((area.to - area.from) * detail.done) / area.width;
  const place = { left: x(area.from), right: x(end), top: y(area.high), bottom: y(area.low) };
  drawVisible(context, detail.canvas, place, detail.done);
}

export function drawSpectrogram(spectrogram, context, theme) {
  const { timeline, hz, logarithmic } = spectrogram;
  const layout = layoutSpectrogram(spectrogram, theme.width, theme.height);
  const { box, x, y } = layout;
  drawGround(context, box, kGround);
  clipped(context, box, () => {
    context.imageSmoothingQuality = "high";
    drawModelPicture(context, spectrogram, layout);
    for (const detail of [spectrogram.previousDetail, spectrogram.detail]) {
      if (detail) drawDetail(context, detail, spectrogram, layout);
    }
  });
  axisY(context, box, hzTicks(hz.low, hz.high, logarithmic), y, theme);
  const ticks = timeTicks(timeline.from, timeline.to, box.right - box.left);
  axisX(context, box, ticks, x, theme, { unit: timeUnit(timeline.to) });
  context.fillStyle = theme.soft;
  drawText(context, "Hz", 2, box.bottom + 5, "left", "top");
}
