import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isCut,
  layoutTree,
  partOfNode,
  partsOf,
} from "../../../../src/report/page/model/merge_tree.js";
import { readModel } from "../../../../src/report/page/model/model.js";
import { Observable } from "../../../../src/report/page/model/observable.js";
import {
  decodeBase64,
  unpackOutline,
  unpackRows,
} from "../../../../src/report/page/model/packed.js";
import { optionValue, runKey } from "../../../../src/report/page/model/summary.js";
import { Timeline } from "../../../../src/report/page/model/timeline.js";
import { argmax, clamp, isNumber, largestOf } from "../../../../src/report/page/model/values.js";
import { base64, near } from "./support.mjs";

test("rows of codes become values: silence, peaks, and decibels between", () => {
  const codes = new Uint16Array([0, 65535, Math.round(65535 * (1 - 20 / 120)), 65535, 0, 1]);
  const rows = unpackRows({ points: 3, depth_db: 120, peaks: [2, 0.5], codes: base64(codes) });
  assert.equal(rows.length, 2);
  assert.equal(rows[0][0], 0);
  assert.equal(rows[0][1], 2);
  near(rows[0][2], 0.2, 1e-4);
  assert.equal(rows[1][0], 0.5);
  near(rows[1][2], 0.5e-6, 1e-9);
  assert.deepEqual(unpackRows(null), []);
  assert.deepEqual(unpackRows({ points: 0, peaks: [], codes: "" }), []);
});

test("base64 is read byte by byte", () => {
  assert.deepEqual([...decodeBase64("AAH/gA==")], [0, 1, 255, 128]);
  assert.equal(decodeBase64("").length, 0);
});

test("an outline is as large as its peak", () => {
  const outline = unpackOutline({ outline: base64(Int8Array.from([-127, 127, 0, 64])), peak: 0.5 });
  assert.deepEqual(
    [...outline].map((x) => Number(x.toFixed(3))),
    [-0.5, 0.5, 0, 0.252],
  );
  assert.equal(unpackOutline({ peak: 1 }).length, 0);
});

test("a model without anything in it is read, and its defaults are numbers", () => {
  const model = readModel({});
  assert.equal(model.count, 0);
  assert.ok(model.duration > 0 && model.range.low > 0 && model.range.high > model.range.low);
  assert.equal(model.levels.length, 0);
  assert.equal(model.trackOf("input"), null);
  assert.deepEqual([model.power, model.masks, model.maskExponent], [1, true, 1]);
  assert.equal(model.command, null);
});

test("points stand for the middle of the bins and frames that share them", () => {
  const factors = {
    bin_hz: 10,
    frame_seconds: 0.5,
    bins_per_point: 4,
    frames_per_point: 2,
    bins: 100,
  };
  const model = readModel({
    factors,
    events: [[[0.5, 1, 0.25, 60]]],
    summary: { parts: [{}, {}] },
  });
  assert.equal(model.hzOf(0), 15);
  assert.equal(model.hzOf(2), 95);
  assert.equal(model.timeOf(1), 1.25);
  assert.equal(model.pointAtHz(80), 2);
  assert.equal(model.pointAtTime(3), 3);
  assert.deepEqual(model.events[0][0], { from: 0.5, to: 1, strength: 0.25, pitch: 60 });
  assert.equal(model.count, 2);
});

test("a run's key depends on what was found and not on when", () => {
  assert.equal(runKey({ a: 1, seconds: { total: 1 } }), runKey({ a: 1, seconds: { total: 2 } }));
  assert.notEqual(runKey({ a: 1 }), runKey({ a: 2 }));
  assert.match(runKey(null), /^[0-9a-f]{8}$/);
});

test("an option is found with a dash or an underscore", () => {
  assert.equal(optionValue({ options: { "max-iter": 5 } }, "max-iter"), 5);
  assert.equal(optionValue({ options: { max_iter: 6 } }, "max-iter"), 6);
  assert.equal(optionValue(null, "max-iter"), undefined);
});

test("only finite numbers are numbers, and the largest is not below 0", () => {
  assert.deepEqual([1, 0, NaN, Infinity, null, "1"].map(isNumber), [
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  assert.equal(largestOf([-3, -1]), 0);
  assert.equal(largestOf([1, 4, 2]), 4);
  assert.equal(argmax([1, 4, 4]), 1);
  assert.deepEqual([clamp(-1, 0, 2), clamp(1, 0, 2), clamp(3, 0, 2)], [0, 1, 2]);
});

test("listeners hear each change in order, and what it was", () => {
  const heard = [];
  const observable = new Observable();
  observable.onChange((change) => heard.push(["first", change]));
  observable.onChange((change) => heard.push(["second", change]));
  observable.notify();
  observable.notify(7);
  assert.deepEqual(heard, [
    ["first", observable],
    ["second", observable],
    ["first", 7],
    ["second", 7],
  ]);
});

test("zooming keeps its moment, and no view leaves the recording", () => {
  const timeline = new Timeline(10);
  timeline.zoom(0.5, 4);
  assert.deepEqual([timeline.from, timeline.to], [2, 7]);
  timeline.pan(100);
  assert.deepEqual([timeline.from, timeline.to], [5, 10]);
  timeline.zoom(1e-9, 9);
  near(timeline.span, 0.02, 1e-12);
  assert.ok(timeline.zoomed);
  timeline.zoom(1e9, 9);
  assert.deepEqual([timeline.from, timeline.to], [0, 10]);
  timeline.show(8, 9);
  timeline.follow(9.5);
  near(timeline.from, 9, 1e-12);
  timeline.showAll();
  assert.ok(!timeline.zoomed);
});

test("a view that stays as it was tells nobody", () => {
  const timeline = new Timeline(10);
  let changes = 0;
  timeline.onChange(() => ++changes);
  timeline.show(0, 10);
  timeline.show(-5, 20);
  assert.equal(changes, 0);
  timeline.show(1, 2);
  assert.equal(changes, 1);
});

test("a selection is ordered, inside, and not shorter than can be heard", () => {
  const timeline = new Timeline(10);
  timeline.select(12, 3);
  assert.deepEqual(timeline.selection, { from: 3, to: 10 });
  timeline.select(3, 3.01);
  assert.equal(timeline.selection, null);
  timeline.select(1, 2);
  timeline.clearSelection();
  assert.equal(timeline.selection, null);
});

// Leaves 0 to 3: 0 and 2 merge first (node 4), then 1 and 3 (node 5), then both.
const kTree = [
  { first: 0, second: 2, log_odds: 3 },
  { first: 1, second: 3, log_odds: 1 },
  { first: 4, second: 5, log_odds: -1 },
];

test("leaves of a tree stand side by side so that no branches cross, and merges between theirs", () => {
  const { nodes, order } = layoutTree(kTree);
  assert.deepEqual(order, [0, 2, 1, 3]);
  assert.deepEqual(
    nodes.map((node) => node.x),
    [0, 2, 1, 3, 0.5, 2.5, 1.5],
  );
  assert.deepEqual(
    nodes.map((node) => node.height),
    [0, 0, 0, 0, 1, 2, 3],
  );
  assert.equal(nodes[6].odds, -1);
});

test("groups that a line cuts out of the tree are told from those made by hand", () => {
  const tree = layoutTree(kTree);
  for (const [groups, cut] of [
    [
      [
        [0, 2],
        [1, 3],
      ],
      true,
    ],
    [[[0, 2], [1], [3]], true],
    [[[0], [1], [2], [3]], true],
    [[[0], [2], [1, 3]], false], // the first merge undone, the second not
    [
      [
        [0, 1],
        [2, 3],
      ],
      false,
    ],
  ]) {
    assert.equal(isCut(tree, groups, partsOf(groups)), cut, JSON.stringify(groups));
  }
});

test("a node belongs to a part if all its leaves do", () => {
  const { nodes } = layoutTree(kTree);
  const partOf = partsOf([[0, 2], [1], [3]]);
  assert.deepEqual(partOf, [0, 1, 0, 2]);
  assert.equal(partOfNode(nodes[4], partOf), 0);
  assert.equal(partOfNode(nodes[5], partOf), -1);
});
