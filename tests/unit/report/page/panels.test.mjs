import assert from "node:assert/strict";
import { test } from "node:test";
import { Timeline } from "../../../../src/report/page/model/timeline.js";
import { actionOf, keyMap } from "../../../../src/report/page/panels/key_map.js";
import { Mixer } from "../../../../src/report/page/sound/mixer.js";

/** What keys act on, with a transport that only remembers. */
function stubApp(parts = 3) {
  const transport = {
    position: 1,
    loop: null,
    seek: (t) => (transport.position = t),
    setLoop: (loop) => (transport.loop = loop),
    toggle: () => (transport.toggled = true),
  };
  return {
    transport,
    timeline: new Timeline(10),
    mixer: new Mixer(parts),
    spectrogram: { showAllFrequencies() {} },
    model: { duration: 10, count: parts },
  };
}

test("keys move, select, loop and mix", () => {
  const app = stubApp();
  const map = keyMap(app);
  const press = (key) => actionOf(map, key)();
  press("ArrowRight");
  assert.equal(app.transport.position, 1.5); // a twentieth of what is in sight
  press("[");
  press("ArrowRight");
  press("]");
  assert.deepEqual(app.timeline.selection, { from: 1.5, to: 2 });
  press("L");
  assert.deepEqual(app.transport.loop, { from: 1.5, to: 2 });
  press("Escape");
  assert.deepEqual([app.transport.loop, app.timeline.selection], [null, null]);
  press("=");
  assert.ok(app.timeline.zoomed);
  press("0");
  assert.ok(!app.timeline.zoomed);
  press("2");
  assert.ok(app.mixer.parts[1].solo);
  press("r");
  assert.equal(app.mixer.listenTo, "residual");
  press(" ");
  assert.ok(app.transport.toggled);
});

test("seeking by keys stays in the recording", () => {
  const app = stubApp();
  const map = keyMap(app);
  for (let i = 0; i < 30; ++i) actionOf(map, "ArrowRight")();
  assert.equal(app.transport.position, 10);
  for (let i = 0; i < 40; ++i) actionOf(map, "ArrowLeft")();
  assert.equal(app.transport.position, 0);
});

test("a key without a use has no action, and lines without a key neither", () => {
  const map = keyMap(stubApp());
  assert.equal(actionOf(map, "q"), undefined);
  assert.equal(actionOf(map, "4"), undefined); // there are three parts
  assert.equal(map.find((one) => one.label === "1 \u2013 3").action, null);
});

test("without sound in the page there are no keys for the mix and the loop", () => {
  const labels = keyMap({ ...stubApp(), mixer: null }).map((one) => one.label);
  assert.deepEqual(labels, ["Space", "\u2190", "\u2192", "Home", "+", "\u2212", "0"]);
});
