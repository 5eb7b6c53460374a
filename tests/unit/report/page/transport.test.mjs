// The transport on a clock that the tests turn, with a context that notes what it is asked to play.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Mixer } from "../../../../src/report/page/sound/mixer.js";
import { Sound } from "../../../../src/report/page/sound/sound.js";
import { Transport } from "../../../../src/report/page/sound/transport.js";
import { stubAudio, StubBuffer, stubDecoder } from "./support.mjs";

const kStart = 0.1; // the delay of a start, rounded up to a sample of 10 Hz

class StubParam {
  value = 1;
  cancelScheduledValues() {}
  setValueAtTime() {}
  linearRampToValueAtTime(value) {
    this.value = value;
  }
}
class StubNode {
  gain = new StubParam();
  connect(to) {
    return to;
  }
}
class StubContext {
  currentTime = 0;
  sampleRate = 10;
  started = []; // { when, first sample, count, stopped }
  createGain = () => new StubNode();
  createAnalyser = () => new StubNode();
  createBuffer = (_, count) => {
    const buffer = new StubBuffer(new Float32Array(count));
    buffer.copyToChannel = (samples, c) => buffer.channels[c].set(samples);
    return buffer;
  };
  createBufferSource() {
    const { started } = this;
    const source = new StubNode();
    source.start = (when) => {
      const { buffer } = source;
      source.entry = { when, first: buffer.channels[0][0], count: buffer.length, stopped: false };
      started.push(source.entry);
    };
    source.stop = () => {
      source.entry.stopped = true;
    };
    return source;
  }
  async resume() {}
  async suspend() {}
}

/** A transport with all segments decoded, and its context. */
async function makeTransport(t) {
  const sound = stubDecoder(new Sound(stubAudio()));
  for (let i = 0; i < 3; ++i) await sound.loadAll(i);
  const context = new StubContext();
  const mixer = new Mixer(2);
  const transport = new Transport(sound, mixer, 2.5, () => context);
  t.after(() => {
    transport.pause();
    clearInterval(transport.scheduler?.timer);
    clearTimeout(transport.suspending);
  });
  return { transport, context, mixer };
}

/** What is scheduled of the recording's track: [when, first sample, count]. */
const scheduledOf = (context) =>
  context.started
    .filter(({ first, stopped }) => first < 1000 && !stopped)
    .map(({ when, first, count }) => [when, first, count]);

test("segments of every track start at the same moments, each where the one before ends", async (t) => {
  const { transport, context } = await makeTransport(t);
  await transport.play();
  assert.deepEqual(scheduledOf(context), [
    [kStart, 0, 10],
    [kStart + 1, 10, 10],
    [kStart + 2, 20, 5],
  ]);
  for (const { when, first } of context.started) {
    const same = context.started.filter((other) => other.when === when);
    assert.deepEqual(
      same.map((other) => other.first % 1000),
      [0, 0, 0].map(() => first % 1000),
    );
  }
});

test("the position follows what is heard, and playing ends at the end", async (t) => {
  const { transport, context } = await makeTransport(t);
  await transport.play();
  assert.equal(transport.position, 0);
  context.currentTime = kStart + 1.25;
  assert.equal(transport.position, 1.2); // whole samples
  context.outputLatency = 0.5;
  assert.equal(transport.position, 0.7);
  context.currentTime = kStart + 3.1;
  transport.scheduler.scheduleAhead();
  assert.deepEqual([transport.playing, transport.position], [false, 2.5]);
});

test("a seek takes back what was scheduled and starts inside a segment", async (t) => {
  const { transport, context } = await makeTransport(t);
  await transport.play();
  transport.seek(1.3);
  assert.deepEqual(
    scheduledOf(context).map(([, first, count]) => [first, count]),
    [
      [13, 7],
      [20, 5],
    ],
  );
  transport.seek(99);
  assert.equal(transport.position, 2.5);
});

test("a loop comes round again and again, across a join", async (t) => {
  const { transport, context } = await makeTransport(t);
  transport.setLoop({ from: 0.8, to: 1.2 });
  await transport.play();
  const pieces = scheduledOf(context).map(([, first, count]) => [first, count]);
  assert.deepEqual(pieces.slice(0, 4), [
    [8, 2],
    [10, 2],
    [8, 2],
    [10, 2],
  ]);
  const ends = scheduledOf(context).map(([when, , count]) => when + count / 10);
  scheduledOf(context)
    .slice(1)
    .forEach(([when], i) => assert.ok(Math.abs(when - ends[i]) < 1e-9));
  context.currentTime = kStart + 0.5;
  assert.equal(transport.position, 0.9);
});

test("a loop from the beginning is at its beginning again when it comes round", async (t) => {
  const { transport, context } = await makeTransport(t);
  transport.seek(0.3);
  transport.setLoop({ from: 0, to: 0.5 });
  await transport.play();
  context.currentTime = kStart + 0.2;
  assert.equal(transport.position, 0);
});

test("seeking out of a loop while it plays leaves it, and into one moves to its beginning", async (t) => {
  const { transport } = await makeTransport(t);
  await transport.play();
  transport.setLoop({ from: 1, to: 2 });
  assert.equal(transport.restSample, 10);
  transport.seek(1.5);
  assert.notEqual(transport.loop, null);
  transport.seek(0.5);
  assert.equal(transport.loop, null);
});

test("segments that are decoded after a pause are not played", async (t) => {
  const { transport, context } = await makeTransport(t);
  const { sound } = transport;
  const cachedAll = sound.cachedAll.bind(sound);
  sound.cachedAll = () => null;
  await transport.play(); // waits for segment 0
  transport.pause();
  sound.cachedAll = cachedAll;
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(context.started, []);
});

test("gains of the mixer reach every track", async (t) => {
  const { transport, mixer } = await makeTransport(t);
  await transport.play();
  const gains = () => transport.graph.trackGains.map(({ gain }) => gain.value);
  assert.deepEqual(gains(), [0, 1, 1]);
  mixer.setPart(1, { solo: true });
  assert.deepEqual(gains(), [0, 0, 1]);
  mixer.listen("residual");
  assert.deepEqual(gains(), [1, -1, -1]);
});
