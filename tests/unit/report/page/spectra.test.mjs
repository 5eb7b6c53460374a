import assert from "node:assert/strict";
import { test } from "node:test";
import { makeEstimate } from "../../../../src/report/page/spectra/estimate.js";
import { makeAnalyser, makeTransform } from "../../../../src/report/page/spectra/fourier.js";
import { levelsOf } from "../../../../src/report/page/spectra/levels.js";
import { columnLevels, pictureRows } from "../../../../src/report/page/spectra/picture_rows.js";
import { outlinePairs, samplePairs } from "../../../../src/report/page/spectra/waveform_pairs.js";
import { near } from "./support.mjs";

test("the transform finds a sine in its bin, and Parseval holds", () => {
  const size = 64;
  const transform = makeTransform(size);
  const re = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * 5 * i) / size));
  const im = new Float64Array(size);
  const before = re.reduce((sum, x) => sum + x * x, 0);
  transform(re, im);
  near(Math.hypot(re[5], im[5]), size / 2, 1e-9);
  near(Math.hypot(re[6], im[6]), 0, 1e-9);
  near(re.reduce((sum, x, i) => sum + x * x + im[i] * im[i], 0) / size, before, 1e-9);
});

test("the transform is the sum that defines it", () => {
  const size = 16;
  const x = Array.from({ length: size }, (_, i) => [Math.cos(i * i), Math.sin(3 * i + 1)]);
  const re = Float64Array.from(x, ([a]) => a);
  const im = Float64Array.from(x, ([, b]) => b);
  makeTransform(size)(re, im);
  for (let f = 0; f < size; ++f) {
    const sum = [0, 0];
    x.forEach(([a, b], n) => {
      const angle = (-2 * Math.PI * f * n) / size;
      sum[0] += a * Math.cos(angle) - b * Math.sin(angle);
      sum[1] += a * Math.sin(angle) + b * Math.cos(angle);
    });
    near(re[f], sum[0], 1e-12 * size);
    near(im[f], sum[1], 1e-12 * size);
  }
});

test("two channels at once give the root of their mean power, as one channel gives its own", () => {
  const count = 1000;
  const frame = 300;
  const wave = (f, phase) =>
    Float32Array.from({ length: count }, (_, i) => Math.sin(f * i + phase));
  const a = wave(0.3, 0.1);
  const b = wave(1.1, 0.7);
  const of = (channels) => makeAnalyser(frame, frame).magnitudes(channels, 200).slice();
  const [both, first, second, half] = [
    of([a, b]),
    of([a]),
    of([b]),
    of([a, new Float32Array(count)]),
  ];
  both.forEach((x, f) => near(x, Math.sqrt((first[f] ** 2 + second[f] ** 2) / 2), 1e-3));
  half.forEach((x, f) => near(x, first[f] / Math.SQRT2, 1e-3));
});

test("a frame beyond the ends reads zeros", () => {
  const analyser = makeAnalyser(8, 8);
  for (const from of [-100, -4, 5, 100]) {
    for (const m of analyser.magnitudes([new Float32Array(10).fill(1)], from))
      assert.ok(Number.isFinite(m));
  }
  assert.ok(analyser.magnitudes([new Float32Array(10).fill(1)], 100).every((m) => m === 0));
});

test("rows of a picture cover every bin once where they are wider, and interpolate where they are narrower", () => {
  for (const logarithmic of [true, false]) {
    const rows = pictureRows(32.7, 11025, 200, logarithmic, 10.7666, 1025);
    const wide = rows.filter((row) => row.share < 0);
    assert.ok(rows.every((row) => row.first >= 0 && row.last <= 1024 && row.first <= row.last));
    for (let i = 1; i < wide.length; ++i) assert.equal(wide[i].first, wide[i - 1].last + 1);
  }
});

test("levels are decibels below the reference over the depth", () => {
  const rows = [
    { first: 0, last: 0, share: -1 },
    { first: 1, last: 1, share: -1 },
    { first: 2, last: 3, share: -1 },
  ];
  const levels = columnLevels([1, 0.01, 0, 1e-9], rows, 1, 80, []);
  assert.deepEqual([...levels], [255, Math.round(255 / 2), 0]);
});

test("a template is decibels below its own peak, twenty or ten for each factor of ten", () => {
  assert.deepEqual(levelsOf([1, 10, 0], 1), [-20, 0, -Infinity]);
  assert.deepEqual(levelsOf([1, 10, 0], 2), [-10, 0, -Infinity]);
  assert.deepEqual(levelsOf([0, 0], 1), [-Infinity, -Infinity]);
});

const kPicture = {
  width: 4,
  height: 3,
  hz_min: 100,
  hz_max: 800,
  duration_s: 4,
  db_min: -80,
  db_max: 0,
  reference: 1,
};
const kModel = {
  picture: kPicture,
  levels: Uint8Array.from([200, 200, 200, 200, 100, 100, 0, 100, 255, 255, 255, 255]),
  masks: true,
  maskExponent: 1,
  power: 1,
  spectra: [new Float32Array(8).fill(1), new Float32Array(8).fill(1)],
  activations: [Float32Array.from([1, 1, 1, 1]), Float32Array.from([1, 3, 0, 1])],
  frameSeconds: 1,
  pointAtHz: (hz) => hz / 100,
  pointAtTime: (t) => t,
};
const below = (level, factor) => Math.round(level + (20 * Math.log10(factor) * 255) / 80);

test("estimates of parts by masks add up to the recording's picture in power of the mask", () => {
  const estimate = makeEstimate(kModel);
  const [first, second] = [estimate(0), estimate(1)];
  assert.equal(first[0], below(200, 0.5));
  assert.equal(first[1], below(200, 0.25));
  assert.equal(second[1], below(200, 0.75));
  assert.equal(second[2], 0);
  assert.equal(first[6], 0);
});

test("with an exponent of 2 the louder part gets more of a cell", () => {
  const estimate = makeEstimate({ ...kModel, maskExponent: 2 });
  assert.equal(estimate(0)[1], below(200, 0.1));
  assert.equal(estimate(1)[1], below(200, 0.9));
});

test("an estimate of the model's own sound is W H itself", () => {
  assert.equal(makeEstimate({ ...kModel, masks: false })(1)[1], 255); // 3 times the reference
  const quiet = { ...kModel, masks: false, picture: { ...kPicture, reference: 10 } };
  assert.equal(makeEstimate(quiet)(0)[0], below(255, 0.1));
  assert.equal(makeEstimate({ ...quiet, power: 2 })(1)[1], below(255, Math.sqrt(3) / 10));
});

test("there is no estimate without a picture, or of too many parts", () => {
  assert.equal(makeEstimate({ ...kModel, levels: new Uint8Array(0) })(0), null);
  assert.equal(makeEstimate({ ...kModel, spectra: Array(65).fill(kModel.spectra[0]) })(0), null);
});

test("columns of a waveform are the lowest and highest of what the outline has under them", () => {
  const outline = Float32Array.from([-1, 1, -2, 2, -3, 3, -4, 4]);
  assert.deepEqual([...outlinePairs(outline, 4, 0, 4, 2)], [-2, 2, -4, 4]);
  assert.deepEqual([...outlinePairs(outline, 4, 1, 2, 1)], [-2, 2]);
  assert.equal(outlinePairs(new Float32Array(0), 4, 0, 4, 2), null);
});

test("columns of samples reach over joins and channels, and on to the next column", () => {
  const pieces = [
    { begin: 10, channels: [Float32Array.from([1, 2]), Float32Array.from([-5, 0])] },
    { begin: 12, channels: [Float32Array.from([3, 4]), Float32Array.from([0, 0])] },
  ];
  assert.deepEqual([...samplePairs(pieces, 10, 14, 2)], [-5, 3, 0, 4]);
  assert.deepEqual([...samplePairs(pieces, 20, 22, 1)], [0, 0]);
});
