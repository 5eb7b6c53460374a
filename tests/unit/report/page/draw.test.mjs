import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, magmaGradient, makePalette } from "../../../../src/report/page/draw/colours.js";
import { outlineOf, pointsInSight } from "../../../../src/report/page/draw/curves.js";
import { makeScale, zoomRange } from "../../../../src/report/page/draw/scale.js";
import {
  hzTicks,
  iterationTicks,
  logTicks,
  octaveTicks,
  timeTicks,
  timeUnit,
} from "../../../../src/report/page/draw/ticks.js";
import { near } from "./support.mjs";

const labels = (ticks) => ticks.map((tick) => tick.label);

test("a scale goes there and back, linear and logarithmic", () => {
  for (const [scale, middle] of [
    [makeScale(0, 10, 100, 200), 5],
    [makeScale(10, 1000, 100, 200, true), 100],
  ]) {
    near(scale(middle), 150, 1e-9);
    near(scale.invert(150), middle, 1e-9);
  }
});

test("zooming in frequency keeps its place, its limits, and comes back to all", () => {
  const full = { low: 100, high: 1600 };
  const zoom = (range, factor, at) => zoomRange(range, full, { factor, at, logarithmic: true });
  const half = zoom(full, 0.5, 400);
  near(half.low, 200, 1e-9);
  near(half.high, 800, 1e-9);
  near(zoom(full, 0.5).low, 200, 1e-9); // without a place: the middle
  near(zoom(full, 0.5, 100).low, 100, 1e-9);
  const narrow = zoom(full, 0, 400);
  near(narrow.high / narrow.low, 1.25, 1e-9);
  assert.deepEqual(zoom(half, Infinity), full);
  const linear = zoomRange(
    { low: 0, high: 1000 },
    { low: 0, high: 1000 },
    { factor: 0.5, at: 0, logarithmic: false },
  );
  assert.deepEqual(linear, { low: 0, high: 500 });
});

test("ticks of frequencies are 1, 2, 5 of each decade, or even steps", () => {
  assert.deepEqual(labels(hzTicks(40, 2500)), ["50", "100", "200", "500", "1k", "2k"]);
  assert.deepEqual(labels(hzTicks(400, 480)), [
    "400",
    "410",
    "420",
    "430",
    "440",
    "450",
    "460",
    "470",
    "480",
  ]);
  assert.deepEqual(labels(hzTicks(0, 1000, false, 4)), ["0", "500", "1k"]);
  assert.deepEqual(labels(octaveTicks(60, 300)), ["C2", "C3", "C4"]);
});

test("ticks of times are as many as there is room for, in minutes from a minute on", () => {
  assert.deepEqual(labels(timeTicks(0, 3, 400)), ["0.0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0"]);
  assert.deepEqual(labels(timeTicks(0, 240, 300)), ["0:00", "1:00", "2:00", "3:00", "4:00"]);
  assert.deepEqual(labels(timeTicks(60.2, 60.6, 300)), [
    "1:00.2",
    "1:00.3",
    "1:00.4",
    "1:00.5",
    "1:00.6",
  ]);
  assert.deepEqual([59, 60].map(timeUnit), ["s", "min"]);
});

test("ticks of the objective are powers of ten, and closer where they are few", () => {
  assert.deepEqual(labels(logTicks(1, 99999)), ["1", "10", "100", "1000", "10000"]);
  assert.deepEqual(labels(logTicks(3, 60)), ["5", "10", "20", "50"]);
  assert.deepEqual(labels(logTicks(1, 2)), ["1", "1.2", "1.5", "2"]);
  assert.deepEqual(labels(iterationTicks(60)), ["0", "20", "40", "60"]);
  assert.deepEqual(labels(iterationTicks(0)), ["0"]);
});

test("a line has its highest point in each column of pixels", () => {
  const line = outlineOf([
    { x: 0.1, y: 5 },
    { x: 0.9, y: 3 },
    { x: 1.2, y: 4 },
    { x: 1.4, y: 6 },
  ]);
  assert.deepEqual(line, [
    { x: 0.9, y: 3 },
    { x: 1.2, y: 4 },
  ]);
});

test("points in sight reach one beyond on either side", () => {
  const seen = pointsInSight(
    [0, 1, 2, 3, 4, 5],
    (i) => i,
    { from: 1.5, to: 3.5 },
    (t) => t,
  );
  assert.deepEqual(seen, [1, 2, 3, 4]);
});

test("the palette goes from black to bright, and all below the floor is dark", () => {
  const bytes = (palette) => [...new Uint8Array(palette.buffer)];
  const whole = bytes(makePalette(0));
  assert.deepEqual(whole.slice(0, 4), [0, 0, 4, 255]);
  assert.deepEqual(whole.slice(-4), [0xfc, 0xfd, 0xbf, 255]);
  const half = bytes(makePalette(128));
  assert.deepEqual(half.slice(4 * 128, 4 * 128 + 4), [0, 0, 4, 255]);
  assert.deepEqual(half.slice(-4), whole.slice(-4));
  const luminance = (i) => 2 * whole[4 * i] + 5 * whole[4 * i + 1] + whole[4 * i + 2];
  for (let i = 1; i < 256; ++i) assert.ok(luminance(i) >= luminance(i - 1), `level ${i}`);
  assert.match(magmaGradient, /^linear-gradient\(to right, #000004, .*#fcfdbf\)$/);
});

test("hues of parts are whole degrees, and no two of the first eight are alike", () => {
  const hues = Array.from({ length: 100 }, (_, k) => hueOf(k));
  assert.ok(hues.every((hue) => Number.isInteger(hue) && hue >= 0 && hue <= 360));
  assert.equal(new Set(hues.slice(0, 8)).size, 8);
});
