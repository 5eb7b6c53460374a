// The page's modules that need no browser.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../src/report/page");
const order = readFileSync(join(folder, "order.txt"), "utf8").trim().split("\n");
const kWithoutBrowser = ["words.js", "activity_words.js", "model.js", "timeline.js", "fourier.js", "estimate.js", "sound.js",
  "mixer.js", "wave_file.js"];
const context = vm.createContext({ atob, btoa, Math, console });
for (const file of order.filter((name) => kWithoutBrowser.includes(name))) {
  vm.runInContext(readFileSync(join(folder, file), "utf8"), context, { filename: file });
}
const pw = context.partwise;
const plain = (value) => JSON.parse(JSON.stringify(value));
const near = (a, b, within) => assert.ok(Math.abs(a - b) <= within, `${a}, expected ${b} to ${within}`);

test("rows of codes become values: silence, peaks, and decibels between", () => {
  const codes = new Uint16Array([0, 65535, Math.round(65535 * (1 - 20 / 120)), 65535, 0, 1]);
  const packed = { points: 3, depth_db: 120, peaks: [2, 0.5], codes: Buffer.from(codes.buffer).toString("base64") };
  const rows = pw.model.rowsOf(packed);
  assert.equal(rows.length, 2);
  assert.equal(rows[0][0], 0);
  assert.equal(rows[0][1], 2);
  near(rows[0][2], 0.2, 1e-4);
  assert.equal(rows[1][0], 0.5);
  near(rows[1][2], 0.5e-6, 1e-9);
});

test("marks are counted and their pitches named", () => {
  const { eventWords } = pw.words;
  assert.equal(eventWords([]), "");
  assert.equal(eventWords([{ pitch: null }]), "1 hit");
  assert.equal(eventWords([{ pitch: null }, { pitch: null }]), "2 hits");
  assert.equal(eventWords([{ pitch: 60.1 }, { pitch: 57 }, { pitch: 59.9 }]), "3 notes: A3 and C4");
});

test("an outline is as large as its peak", () => {
  const outline = pw.model.outlineOf({ outline: Buffer.from(Int8Array.from([-127, 127, 0, 64])).toString("base64"), peak: 0.5 });
  assert.deepEqual([...outline].map((x) => Number(x.toFixed(3))), [-0.5, 0.5, 0, 0.252]);
});

test("a run's key depends on what was found and not on when", () => {
  const { runKey } = pw.model;
  assert.equal(runKey({ a: 1, seconds: { total: 1 } }), runKey({ a: 1, seconds: { total: 2 } }));
  assert.notEqual(runKey({ a: 1 }), runKey({ a: 2 }));
});

test("zooming keeps its moment, and no view leaves the recording", () => {
  const timeline = new pw.Timeline(10);
  timeline.zoom(0.5, 4);
  assert.deepEqual([timeline.from, timeline.to], [2, 7]);
  timeline.pan(100);
  assert.deepEqual([timeline.from, timeline.to], [5, 10]);
  timeline.zoom(1e-9, 9);
  near(timeline.span, 0.02, 1e-12);
  timeline.zoom(1e9, 9);
  assert.deepEqual([timeline.from, timeline.to], [0, 10]);
  timeline.show(8, 9);
  timeline.follow(9.5);
  near(timeline.from, 9, 1e-12);
});

test("a choice is ordered, inside, and not shorter than can be heard", () => {
  const timeline = new pw.Timeline(10);
  timeline.select(12, 3);
  assert.deepEqual(plain(timeline.selection), { from: 3, to: 10 });
  timeline.select(3, 3.01);
  assert.equal(timeline.selection, null);
});

test("the transform finds a sine in its bin, and Parseval holds", () => {
  const size = 64, transform = pw.fourier.makeTransform(size);
  const re = Float64Array.from({ length: size }, (_, i) => Math.sin((2 * Math.PI * 5 * i) / size)), im = new Float64Array(size);
  const before = re.reduce((sum, x) => sum + x * x, 0);
  transform(re, im);
  near(Math.hypot(re[5], im[5]), size / 2, 1e-9);
  near(Math.hypot(re[6], im[6]), 0, 1e-9);
  near(re.reduce((sum, x, i) => sum + x * x + im[i] * im[i], 0) / size, before, 1e-9);
});

test("two channels at once give the root of their mean power, as one channel gives its own", () => {
  const count = 1000, frame = 300;
  const wave = (f, phase) => Float32Array.from({ length: count }, (_, i) => Math.sin(f * i + phase));
  const a = wave(0.3, 0.1), b = wave(1.1, 0.7), silent = new Float32Array(count);
  const of = (channels) => pw.fourier.makeAnalyser(frame, frame).magnitudes(channels, 200).slice();
  const both = of([a, b]), first = of([a]), second = of([b]), half = of([a, silent]);
  both.forEach((x, f) => near(x, Math.sqrt((first[f] ** 2 + second[f] ** 2) / 2), 1e-3));
  half.forEach((x, f) => near(x, first[f] / Math.SQRT2, 1e-3));
});

test("a frame beyond the ends reads zeros", () => {
  const analyser = pw.fourier.makeAnalyser(8, 8);
  for (const from of [-100, -4, 5, 100]) for (const m of analyser.magnitudes([new Float32Array(10).fill(1)], from)) assert.ok(Number.isFinite(m));
  assert.ok(analyser.magnitudes([new Float32Array(10).fill(1)], 100).every((m) => m === 0));
});

test("rows of a picture cover every bin once where they are wider, and interpolate where they are narrower", () => {
  for (const logarithmic of [true, false]) {
    const rows = pw.fourier.pictureRows(32.7, 11025, 200, logarithmic, 10.7666, 1025);
    const wide = rows.filter((row) => row.share < 0);
    assert.ok(rows.every((row) => row.first >= 0 && row.last <= 1024 && row.first <= row.last));
    for (let i = 1; i < wide.length; ++i) assert.equal(wide[i].first, wide[i - 1].last + 1);
  }
});

test("levels are decibels below the reference over the depth", () => {
  const rows = [{ first: 0, last: 0, share: -1 }, { first: 1, last: 1, share: -1 }, { first: 2, last: 3, share: -1 }];
  const levels = pw.fourier.columnLevels([1, 0.01, 0, 1e-9], rows, 1, 80, []);
  assert.deepEqual([...levels], [255, Math.round(255 / 2), 0]);
});

test("estimates of parts by masks add up to the recording's picture in power of the mask", () => {
  const picture = { width: 4, height: 3, hz_min: 100, hz_max: 800, duration_s: 4, db_min: -80, db_max: 0, reference: 1 };
  const v = {
    picture, levels: Uint8Array.from([200, 200, 200, 200, 100, 100, 0, 100, 255, 255, 255, 255]), masks: true, maskExponent: 1, power: 1,
    spectra: [Float32Array.from([1, 1, 1, 1, 1, 1, 1, 1]), Float32Array.from([1, 1, 1, 1, 1, 1, 1, 1])],
    activations: [Float32Array.from([1, 1, 1, 1]), Float32Array.from([1, 3, 0, 1])], frameSeconds: 1,
    pointAtHz: (hz) => hz / 100, pointAtTime: (t) => t,
  };
  const estimate = pw.makeEstimate(v);
  const first = estimate(0), second = estimate(1);
  assert.equal(first[0], Math.round(200 + (20 * Math.log10(0.5) * 255) / 80));
  assert.equal(first[1], Math.round(200 + (20 * Math.log10(0.25) * 255) / 80));
  assert.equal(second[1], Math.round(200 + (20 * Math.log10(0.75) * 255) / 80));
  assert.equal(second[2], 0);
  assert.equal(first[6], 0);
});

test("what is heard: solo before the rest, mute before solo, the residual as a difference", () => {
  const mixer = new pw.Mixer(3);
  assert.deepEqual(plain(mixer.gains()), { input: 0, parts: [1, 1, 1] });
  mixer.setPart(1, { solo: true });
  assert.deepEqual(plain(mixer.gains().parts), [0, 1, 0]);
  mixer.setPart(1, { mute: true });
  assert.deepEqual(plain(mixer.gains().parts), [0, 0, 0]);
  mixer.reset();
  mixer.setPart(2, { db: 20 });
  assert.deepEqual(plain(mixer.gains().parts), [1, 1, 10]);
  mixer.listen("input");
  assert.deepEqual(plain(mixer.gains()), { input: 1, parts: [0, 0, 0] });
  mixer.listen("residual");
  mixer.setResidual(20);
  assert.deepEqual(plain(mixer.gains()), { input: 10, parts: [-10, -10, -10] });
  mixer.setPart(0, { mute: true });
  assert.equal(mixer.listenTo, "mix");
});

/** A Sound whose decoder is a stub: track t, sample n is 1000 t + n. */
function stubSound(mostBytes) {
  const track = (kind) => ({ kind, segments: ["", "", ""] });
  const sound = new pw.Sound({ tracks: [track("input"), track("part"), track("part")], rate: 10, samples: 25, channels: 1,
    segment_samples: 10, lead_samples: 0 }, mostBytes);
  sound.decode = async (one, i) => {
    const data = Float32Array.from({ length: sound.countOf(i) }, (_, n) => 1000 * sound.tracks.indexOf(one) + i * 10 + n);
    return { length: data.length, numberOfChannels: 1, getChannelData: () => data };
  };
  return sound;
}

test("a stretch is put together over joins, with zeros beyond the ends", async () => {
  const sound = stubSound(1e6);
  assert.equal(sound.segments, 3);
  assert.deepEqual([...(await sound.stretch(sound.tracks[1], 8, 4))[0]], [1008, 1009, 1010, 1011]);
  assert.deepEqual([...(await sound.stretch(sound.tracks[0], -2, 4))[0]], [0, 0, 0, 1]);
  assert.deepEqual([...(await sound.stretch(sound.tracks[0], 23, 4))[0]], [23, 24, 0, 0]);
});

test("mix and residual are sums of what is in the page", async () => {
  const sound = stubSound(1e6);
  assert.deepEqual([...(await sound.stretchOf("mix", 9, 2))[0]], [3018, 3020]);
  assert.deepEqual([...(await sound.stretchOf("residual", 9, 2))[0]], [-3009, -3010]);
  assert.deepEqual([...(await sound.stretchOf(1, 9, 2))[0]], [2009, 2010]);
});

test("decoded sound stays within its bytes, and what was used last stays", async () => {
  const sound = stubSound(4 * 45);
  for (let i = 0; i < 3; ++i) await sound.all(i);
  assert.ok(sound.bytes <= 4 * 45);
  assert.notEqual(sound.peekAll(2), null);
  assert.equal(sound.peekAll(0), null);
});

test("samples of 16 bits are put back on their grid, whichever way a browser scales them", () => {
  for (const codes of [[0, 1, -1, 655, -32768, 32767, 16384, 20000], [0, 3, -5, 600], [-20000, -1]]) {
    for (const positive of [32767, 32768]) {
      const samples = Float32Array.from(codes, (n) => n / (n > 0 ? positive : 32768));
      pw.snapToGrid(samples);
      assert.deepEqual([...samples], codes.map((n) => n / 32768), `${codes} by ${positive}`);
    }
  }
});

test("a WAV header says what follows it", () => {
  const view = new DataView(pw.waveHeader(2, 44100, 1000, false));
  assert.equal(view.byteLength, 44);
  assert.equal(view.getUint32(4, true), 36 + 4000);
  assert.equal(view.getUint32(40, true), 4000);
  assert.equal(new DataView(pw.waveHeader(1, 8000, 10, true)).byteLength, 58);
  assert.deepEqual([...pw.waveInterleave([[0, 1, -1], [0.5, -0.5, 1 / 32768]], false)], [0, 16384, 32767, -16384, -32768, 1]);
});

test("words for a whole picture name its loudest place and how far sound reaches", () => {
  const levels = new Uint8Array(12);
  levels[5] = 255;
  levels[9] = 200;
  const whole = { levels, width: 4, height: 3, hzOf: (row) => 100 * 2 ** row, timeOf: (c) => c };
  const text = pw.words.pictureWords(whole, { db_min: -80, db_max: 0 });
  assert.match(text, /Loudest at 1\.50 s near 283 Hz \(C\u266f4\); sound within 40 dB of that reaches from 200 Hz to 800 Hz\./);
  assert.equal(pw.words.pictureWords({ ...whole, levels: new Uint8Array(12) }, { db_min: -80, db_max: 0 }), "Silence.");
});
