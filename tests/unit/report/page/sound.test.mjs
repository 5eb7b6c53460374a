import assert from "node:assert/strict";
import { test } from "node:test";
import { snapToGrid } from "../../../../src/report/page/sound/decode.js";
import { fileAddress } from "../../../../src/report/page/sound/linked_players.js";
import { Mixer } from "../../../../src/report/page/sound/mixer.js";
import { SegmentCache } from "../../../../src/report/page/sound/segment_cache.js";
import { Sound } from "../../../../src/report/page/sound/sound.js";
import {
  interleave,
  makeWaveFile,
  waveHeader,
} from "../../../../src/report/page/sound/wave_file.js";
import { stubAudio, StubBuffer, stubDecoder } from "./support.mjs";

test("what is heard: solo before the rest, mute before solo, the residual as a difference", () => {
  const mixer = new Mixer(3);
  assert.deepEqual(mixer.gains(), { input: 0, parts: [1, 1, 1] });
  mixer.setPart(1, { solo: true });
  assert.deepEqual(mixer.gains().parts, [0, 1, 0]);
  mixer.setPart(1, { mute: true });
  assert.deepEqual(mixer.gains().parts, [0, 0, 0]);
  assert.ok(mixer.modified);
  mixer.reset();
  assert.ok(!mixer.modified);
  mixer.setPart(2, { db: 20 });
  assert.deepEqual(mixer.gains().parts, [1, 1, 10]);
  mixer.listen("input");
  assert.deepEqual(mixer.gains(), { input: 1, parts: [0, 0, 0] });
  mixer.listen("residual");
  mixer.setResidualGain(20);
  assert.deepEqual(mixer.gains(), { input: 10, parts: [-10, -10, -10] });
  mixer.setPart(0, { mute: true });
  assert.equal(mixer.listenTo, "mix");
});

const stubSound = (maxBytes) => stubDecoder(new Sound(stubAudio(), maxBytes));

test("samples are put together over joins, with zeros beyond the ends", async () => {
  const sound = stubSound(1e6);
  assert.equal(sound.segmentCount, 3);
  assert.deepEqual([...(await sound.read(sound.tracks[1], 8, 4))[0]], [1008, 1009, 1010, 1011]);
  assert.deepEqual([...(await sound.read(sound.tracks[0], -2, 4))[0]], [0, 0, 0, 1]);
  assert.deepEqual([...(await sound.read(sound.tracks[0], 23, 4))[0]], [23, 24, 0, 0]);
});

test("mix and residual are sums of what is in the page", async () => {
  const sound = stubSound(1e6);
  assert.deepEqual([...(await sound.readSource("mix", 9, 2))[0]], [3018, 3020]);
  assert.deepEqual([...(await sound.readSource("residual", 9, 2))[0]], [-3009, -3010]);
  assert.deepEqual([...(await sound.readSource("input", 9, 2))[0]], [9, 10]);
  assert.deepEqual([...(await sound.readSource(1, 9, 2))[0]], [2009, 2010]);
});

test("decoded sound stays within its bytes, and what was used last stays", async () => {
  const sound = stubSound(4 * 45);
  for (let i = 0; i < 3; ++i) await sound.loadAll(i);
  assert.ok(sound.cache.bytes <= 4 * 45);
  assert.notEqual(sound.cachedAll(2), null);
  assert.equal(sound.cachedAll(0), null);
});

test("a segment that is asked for twice at once is decoded once", async () => {
  const sound = stubSound(1e6);
  const { decode } = sound;
  let times = 0;
  sound.decode = (...what) => {
    ++times;
    return decode(...what);
  };
  await Promise.all([sound.load(sound.tracks[0], 1), sound.load(sound.tracks[0], 1)]);
  await sound.load(sound.tracks[0], 1);
  assert.equal(times, 1);
});

test("a cache drops what was used longest ago, but never what was just added", () => {
  const buffer = (samples) => new StubBuffer(new Float32Array(samples));
  const cache = new SegmentCache(40);
  cache.add("a", buffer(4));
  cache.add("b", buffer(4));
  cache.get("a");
  cache.add("c", buffer(4));
  assert.deepEqual(
    ["a", "b", "c"].map((key) => cache.get(key) !== null),
    [true, false, true],
  );
  cache.add("large", buffer(100));
  assert.notEqual(cache.get("large"), null);
  assert.deepEqual([cache.bytes, cache.peakBytes], [400, 432]);
});

test("a page without sound in it is not playable", () => {
  assert.equal(new Sound({ tracks: [{ kind: "part", segments: null }] }).playable, false);
  assert.equal(new Sound({}).segmentCount, 0);
});

test("samples of 16 bits are put back on their grid, whichever way a browser scales them", () => {
  for (const codes of [
    [0, 1, -1, 655, -32768, 32767, 16384, 20000],
    [0, 3, -5, 600],
    [-20000, -1],
  ]) {
    for (const positive of [32767, 32768]) {
      const samples = Float32Array.from(codes, (n) => n / (n > 0 ? positive : 32768));
      snapToGrid(samples);
      assert.deepEqual(
        [...samples],
        codes.map((n) => n / 32768),
        `${codes} by ${positive}`,
      );
    }
  }
});

test("a WAV header says what follows it", () => {
  const view = new DataView(waveHeader(2, 44100, 1000, false));
  assert.equal(view.byteLength, 44);
  assert.equal(view.getUint32(4, true), 36 + 4000);
  assert.equal(view.getUint32(40, true), 4000);
  assert.equal(new DataView(waveHeader(1, 8000, 10, true)).byteLength, 58);
});

test("samples are interleaved, and 16 bits clip at full scale", () => {
  const channels = [
    [0, 1, -1],
    [0.5, -0.5, 1 / 32768],
  ];
  assert.deepEqual([...interleave(channels, false)], [0, 16384, 32767, -16384, -32768, 1]);
  assert.deepEqual(
    [...interleave(channels, true)],
    [0, 0.5, 1, -0.5, -1, 1 / 32768].map(Math.fround),
  );
});

test("a part that is saved has all its samples, as 16 bits where they were that", async () => {
  const sound = stubDecoder(new Sound(stubAudio()));
  const bytes = new DataView(await (await makeWaveFile(sound, 0)).arrayBuffer());
  assert.equal(bytes.byteLength, 44 + 2 * 25);
  assert.equal(bytes.getUint16(20, true), 1);
  const mix = new DataView(await (await makeWaveFile(sound, "mix")).arrayBuffer());
  assert.equal(mix.getUint16(20, true), 3); // a sum of parts may exceed 16 bits
  assert.deepEqual(
    [0, 24].map((n) => mix.getFloat32(58 + 4 * n, true)),
    [3000, 3048],
  );
});

test("a file's name is an address beside the page and no other", () => {
  assert.equal(fileAddress("a b#.wav"), "./a%20b%23.wav");
  assert.equal(fileAddress("javascript:alert(1)"), "./javascript%3Aalert(1)");
  assert.equal(fileAddress("//host/x"), ".///host/x");
});
