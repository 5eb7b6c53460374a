import assert from "node:assert/strict";
import { test } from "node:test";
import {
  activationText,
  eventText,
  onsetPoints,
  spectrumText,
} from "../../../../src/report/page/text/activity_text.js";
import {
  formatPitch,
  hertzOfPitch,
  nearestNote,
  noteOr,
} from "../../../../src/report/page/text/notes.js";
import { PartNames } from "../../../../src/report/page/text/part_names.js";
import { pictureText } from "../../../../src/report/page/text/picture_text.js";
import { partTitle, residualText, runText } from "../../../../src/report/page/text/run_text.js";
import { capitalize, joinList, plural } from "../../../../src/report/page/text/sentences.js";
import * as units from "../../../../src/report/page/text/units.js";

test("times are seconds, and minutes from a minute on", () => {
  assert.equal(units.formatSeconds(1.523), "1.52 s");
  assert.equal(units.formatSeconds(59.96), "60.0 s");
  assert.equal(units.formatSeconds(187), "3:07");
  assert.equal(units.formatClock(61.239, 2), "1:01.23");
  assert.equal(units.formatClock(59.999, 2), "0:59.99");
});

test("what is not a number is a dash", () => {
  for (const format of [
    "formatSeconds",
    "formatHertz",
    "formatDecibels",
    "formatPercent",
    "formatQuantity",
  ]) {
    for (const value of [null, undefined, NaN, Infinity])
      assert.equal(units[format](value), "\u2013", format);
  }
});

test("numbers carry their unit, a true minus and few digits", () => {
  assert.deepEqual([0.123, 43.21, 440.4, 12345].map(units.formatHertz), [
    "0.12 Hz",
    "43.2 Hz",
    "440 Hz",
    "12.3 kHz",
  ]);
  assert.deepEqual([-6.02, 0].map(units.formatDecibels), ["\u22126.0 dB", "0.0 dB"]);
  assert.deepEqual([3, -3].map(units.formatGain), ["+3.0 dB", "\u22123.0 dB"]);
  assert.equal(units.formatLevel(0.1), "\u221220.0 dBFS");
  assert.deepEqual([0, 0.0005, 0.034, 0.5].map(units.formatPercent), [
    "0.0 %",
    "< 0.1 %",
    "3.4 %",
    "50 %",
  ]);
  assert.equal(units.formatQuantity(1234567), "1.23\u202f\u00d7\u202f10\u2076");
  assert.equal(units.formatQuantity(-0.00012), "\u22121.2\u202f\u00d7\u202f10\u207b\u2074");
  assert.equal(units.formatQuantity(0.25), "0.25");
});

test("notes are named by A4 = 440 Hz", () => {
  assert.deepEqual([440, 261.63, 27.5, 466].map(nearestNote), ["A4", "C4", "A0", "A\u266f4"]);
  assert.deepEqual([0, null, undefined, 30000].map(nearestNote), ["", "", "", ""]);
  assert.equal(hertzOfPitch(57), 220);
  assert.equal(noteOr("C#4", 440), "C\u266f4");
  assert.equal(noteOr(null, 440), "A4");
  assert.equal(formatPitch(440), "440 Hz (A4)");
  assert.equal(formatPitch(null), "no frequency");
});

test("lists end in and, and long ones are counted", () => {
  assert.deepEqual(
    [[], ["a"], ["a", "b"], ["a", "b", "c"]].map((items) => joinList(items)),
    ["", "a", "a and b", "a, b and c"],
  );
  assert.equal(joinList(["a", "b", "c", "d"], 2), "a, b and 2 more");
  assert.equal(joinList(["a", "b", "c"], 2), "a, b and c");
  assert.deepEqual(
    [plural(1, "part"), plural(2, "part"), capitalize("ab")],
    ["1 part", "2 parts", "Ab"],
  );
});

test("an onset is a rise from below an eighth to above a quarter of the peak", () => {
  assert.deepEqual(onsetPoints([0, 8, 4, 2, 0.5, 3, 0]), [1, 5]);
  assert.deepEqual(onsetPoints([8, 2, 1.5, 8]), [0]); // 1.5 is not below an eighth
  assert.deepEqual(onsetPoints([0, 0]), []);
});

test("an activation says when it is active, how often it starts and where it is loudest", () => {
  const text = activationText([0, 8, 0, 0, 4, 0], (i) => i);
  assert.equal(
    text,
    "active mostly from 1.00 s to 4.00 s; starts twice: at 1.00 s and 4.00 s; loudest at 1.00 s.",
  );
  assert.match(
    activationText([8, 0, 8, 0, 8], (i) => i),
    /starts 3 times: at/,
  );
  assert.equal(
    activationText([0, null], (i) => i),
    "never active.",
  );
});

test("a spectrum says its peak, and further peaks within 30 dB from low to high", () => {
  const levels = [
    -60, -50, -20, -50, -60, -50, 0, -50, -60, -50, -10, -50, -60, -40, -35, -40, -60,
  ];
  const text = spectrumText(levels, (i) => 100 * i, null, null);
  assert.equal(text, "peaks at 600 Hz (D5); further peaks at 200 Hz and 1 kHz.");
  assert.equal(
    spectrumText([-Infinity], (i) => i, null, null),
    "is silent.",
  );
});

test("events are counted and their pitches named", () => {
  assert.equal(eventText([]), "");
  assert.equal(eventText([{ pitch: null }]), "1 hit");
  assert.equal(eventText([{ pitch: null }, { pitch: null }]), "2 hits");
  assert.equal(eventText([{ pitch: 60.1 }, { pitch: 57 }, { pitch: 59.9 }]), "3 notes: A3 and C4");
});

test("words for a whole picture name its loudest place and how far sound reaches", () => {
  const levels = new Uint8Array(12);
  levels[5] = 255;
  levels[9] = 200;
  const whole = { levels, width: 4, height: 3, hzOf: (row) => 100 * 2 ** row, timeOf: (c) => c };
  const picture = { db_min: -80, db_max: 0 };
  assert.equal(
    pictureText(whole, picture),
    "Loudest at 1.50 s near 283 Hz (C\u266f4); sound within 40 dB of that reaches from 200 Hz to 800 Hz.",
  );
  assert.equal(pictureText({ ...whole, levels: new Uint8Array(12) }, picture), "Silence.");
});

test("how a run was made is one sentence", () => {
  const summary = {
    options: { loss: "kullback-leibler", tol: 0.01 },
    factorization: { iterations: 1, stop_reason: "tolerance" },
  };
  assert.equal(
    runText(summary, 6),
    "6 parts by Kullback-Leibler NMF, 1 iteration, stopped because the fit had settled (tolerance 0.01).",
  );
  assert.equal(
    runText({ options: { beta: 0.5 } }, 1),
    "1 part by NMF with beta divergence \u03b2 = 0.5.",
  );
  assert.equal(runText(null, 2), "2 parts by NMF.");
});

test("what is left over is told for masks, for the model's own sound, and for silence", () => {
  assert.match(residualText({ residual_db: -90 }), /nearly silent by design/);
  assert.match(residualText({ residual_db: null }), /exactly/);
  assert.match(residualText({ options: { resynthesis: "factors" } }), /what the model misses/);
  assert.match(
    residualText({ factorization: { stop_reason: "silent_input" } }),
    /recording is silent/,
  );
});

test("a part's title is its number or its name", () => {
  assert.equal(partTitle({ name: "part-03" }, 0), "Part 3");
  assert.equal(partTitle({ name: "kick" }, 0), "kick");
  assert.equal(partTitle(undefined, 4), "Part 4");
});

test("a given name is trimmed, cut, kept, and taken back by an empty one", () => {
  const names = new PartNames({ parts: [{ name: "part-00" }, { name: "kick" }], summary: {} });
  const changed = [];
  names.onChange((k) => changed.push(k));
  names.set(1, "  Bass  ");
  assert.deepEqual([names.of(0), names.of(1)], ["Part 0", "Bass"]);
  names.set(1, "x".repeat(200));
  assert.equal(names.of(1).length, 80);
  names.set(1, " ");
  assert.equal(names.of(1), "kick");
  assert.deepEqual(changed, [1, 1, 1]);
});

test("names that were kept are there again, and what is not a name is not", (t) => {
  const store = new Map();
  const value = {
    getItem: (key) => store.get(key) ?? null,
    setItem: (key, text) => store.set(key, text),
  };
  Object.defineProperty(globalThis, "localStorage", { value, configurable: true });
  t.after(() => delete globalThis.localStorage);
  const model = { parts: [{}, {}], summary: { a: 1 } };
  new PartNames(model).set(0, "Bass");
  assert.equal(new PartNames(model).of(0), "Bass");
  assert.equal(new PartNames({ ...model, summary: { a: 2 } }).of(0), "Part 0");
  for (const text of ["null", "[", '{"0": 5}']) {
    store.set([...store.keys()][0], text);
    assert.equal(new PartNames(model).of(0), "Part 0", text);
  }
});
