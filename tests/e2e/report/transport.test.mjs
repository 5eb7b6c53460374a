// What is heard: all tracks at the same sample, at their true level, and adding up.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { kWide, launch, makePage, withReport } from "./support.mjs";

let browser;
before(async () => {
  makePage("plain");
  browser = await launch();
});
after(() => browser?.close());

const withPlain = (check) => withReport(browser, "plain", kWide, check);

test("every track plays at its true level, alone and in the mix", async () => {
  await withPlain(async (page) => {
    const rows = await page.evaluate(async () => {
      const { transport, mixer, sound } = partwise.app;
      const rms = (channels, from) => {
        let sum = 0;
        for (let n = from; n < from + 4096; ++n) sum += channels[0][n] ** 2;
        return Math.sqrt(sum / 4096);
      };
      /** The levels that were seen over the first stretch, and the sound's own over the same samples. */
      const compare = async (source) => {
        const own = (await sound.readSource(source, 0, sound.samples)).map((c) => c);
        transport.seek(0);
        await transport.play();
        let worst = 0,
          loudest = 0;
        for (let i = 0; i < 12; ++i) {
          await new Promise((done) => setTimeout(done, 60));
          const { rms: seen } = transport.level();
          const { when, from } = transport.scheduler.scheduled[0];
          const at = Math.floor(from + (transport.graph.context.currentTime - when) * sound.rate);
          if (at < 6000) continue;
          // The analyser lags by less than its own length: the nearest of the levels there counts.
          let nearest = Infinity;
          for (let n = at - 6000; n <= at - 2048; n += 64)
            nearest = Math.min(nearest, Math.abs(rms(own, Math.max(0, n)) - seen));
          worst = Math.max(worst, nearest);
          loudest = Math.max(loudest, seen);
        }
        transport.pause();
        return { worst, loudest };
      };
      const out = [];
      for (const k of [0, 2, 4]) {
        mixer.setPart(k, { solo: true });
        out.push(["part", k, await compare(k)]);
        mixer.setPart(k, { solo: false });
      }
      for (const to of ["mix", "input"]) {
        mixer.listen(to);
        out.push([to, 0, await compare(to)]);
      }
      return out;
    });
    for (const [name, k, { worst, loudest }] of rows) {
      assert.ok(loudest > 0.003, `${name} ${k}: heard ${loudest}`);
      assert.ok(worst < 0.05 * loudest + 1e-4, `${name} ${k}: ${worst} off at ${loudest}`);
    }
  });
});

/** Renders what the transport sets out, from the beginning, into an offline context. */
const kRender = async (listenTo, change) => {
  const { sound, model } = partwise.app;
  const mixer = new partwise.Mixer(model.partTracks.length);
  for (const [k, to] of Object.entries(change ?? {})) mixer.setPart(Number(k), to);
  mixer.listen(listenTo);
  for (let i = 0; i < sound.segmentCount; ++i) await sound.loadAll(i);
  const offline = new OfflineAudioContext(sound.channels, sound.samples + 4096, sound.rate);
  const openContext = () => Object.assign(offline, { suspend: () => {} });
  const transport = new partwise.Transport(sound, mixer, model.duration, openContext);
  transport.open();
  transport.playing = true;
  transport.start();
  clearInterval(transport.scheduler.timer);
  const begin = Math.round(transport.scheduler.scheduled[0].when * sound.rate);
  const rendered = (await offline.startRendering()).getChannelData(0).subarray(begin);
  return {
    rendered,
    own: (await sound.readSource("input", 0, sound.samples))[0],
    part: (await sound.readSource(2, 0, sound.samples))[0],
  };
};

test("the rendered sum of the parts is the recording, across every join", async () => {
  await withPlain(async (page) => {
    const result = await page.evaluate(`(async () => {
      const { rendered, own } = await (${kRender.toString()})("mix");
      let worst = 0;
      for (let n = 200; n < own.length; ++n) worst = Math.max(worst, Math.abs(rendered[n] - own[n]));
      return worst;
    })()`);
    assert.ok(result < 1e-6, `${result} off`);
  });
});

test("solo, mute and gain are what is rendered", async () => {
  await withPlain(async (page) => {
    const worst = await page.evaluate(`(async () => {
      const render = ${kRender.toString()};
      const off = ({ rendered, part }, factor) => {
        let worst = 0;
        for (let n = 200; n < part.length; ++n) worst = Math.max(worst, Math.abs(rendered[n] - factor * part[n]));
        return worst;
      };
      return [
        off(await render("mix", { 2: { solo: true } }), 1),
        off(await render("mix", { 2: { solo: true, db: -6.020599913 } }), 0.5),
        off(await render("mix", { 2: { solo: true, mute: true } }), 0),
        off(await render("residual"), 0),
      ];
    })()`);
    for (const one of worst) assert.ok(one < 1e-6, `${worst}`);
  });
});

test("tracks are at the same sample after fifty seeks", async () => {
  await withPlain(async (page) => {
    const { worst, sound, shifted } = await page.evaluate(async () => {
      const { transport, mixer, sound } = partwise.app;
      const listen = async (times) => {
        let worst = 0;
        for (let i = 0; i < times; ++i) {
          transport.seek((i * 0.377) % 2.5);
          await new Promise((done) => setTimeout(done, 160));
          worst = Math.max(worst, transport.level().peak);
        }
        return worst;
      };
      transport.setLoop({ from: 0, to: 3 });
      mixer.listen("residual");
      await transport.play();
      const worst = await listen(50);
      mixer.listen("input");
      const heard = await listen(3);
      // One part late by a sample would be heard: it is put in so.
      mixer.listen("residual");
      for (let i = 0; i < sound.segmentCount; ++i) {
        const data = sound.cached(sound.partTracks[0], i).getChannelData(0);
        data.copyWithin(1, 0, data.length - 1);
      }
      const shifted = await listen(3);
      transport.pause();
      return { worst, sound: heard, shifted };
    });
    assert.ok(sound > 0.02, `the recording peaks at ${sound}`);
    assert.ok(shifted > 1e-3, `a sample late gives ${shifted}`);
    assert.ok(worst < 1e-6, `after seeks the residual peaks at ${worst}`);
  });
});

test("a loop goes round without a gap, and playing ends at the end", async () => {
  await withPlain(async (page) => {
    const { inside, round, end } = await page.evaluate(async () => {
      const { transport } = partwise.app;
      const wait = (ms) => new Promise((done) => setTimeout(done, ms));
      transport.setLoop({ from: 1.8, to: 2.2 });
      await transport.play();
      let inside = true,
        round = 0,
        last = 0;
      for (let i = 0; i < 40; ++i) {
        await wait(40);
        const t = transport.position;
        inside &&= t >= 1.79 && t <= 2.21;
        round += t < last ? 1 : 0;
        last = t;
      }
      const gapless = transport.scheduler.scheduled.every(
        (piece, i, all) =>
          i === 0 ||
          Math.abs(all[i - 1].when + all[i - 1].count / partwise.app.sound.rate - piece.when) <
            1e-9,
      );
      transport.setLoop(null);
      transport.seek(2.8);
      await wait(900);
      return { inside: inside && gapless, round, end: [transport.playing, transport.position] };
    });
    assert.ok(inside);
    assert.ok(round >= 2, `${round} times round`);
    assert.deepEqual(end, [false, 3]);
  });
});

test("a part that is saved is the part, to the bit", async () => {
  await withPlain(async (page) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save part 2 as WAV" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "part-02.wav");
    const saved = readFileSync(await download.path());
    assert.equal(saved.toString("latin1", 0, 4), "RIFF");
    assert.equal(saved.readUInt16LE(20), 3); // this page's sound is not FLAC: it is saved as floats
    const samples = (saved.length - 58) / 4;
    const own = await page.evaluate(async () => [
      ...(await partwise.app.sound.readSource(2, 0, partwise.app.sound.samples))[0],
    ]);
    assert.equal(samples, own.length);
    own.forEach((x, n) => {
      if (saved.readFloatLE(58 + 4 * n) !== x) assert.fail(`sample ${n}`);
    });
  });
});

test("the residual's gain is heard and shown", async () => {
  await withPlain(async (page) => {
    await page.locator("label[for=listen-residual]").click();
    const gain = page.getByRole("slider", { name: "Gain of the residual" });
    await gain.focus();
    for (let i = 0; i < 20; ++i) await page.keyboard.press("ArrowRight");
    assert.equal(await gain.getAttribute("aria-valuetext"), "+20.0 dB");
    const { input, parts } = await page.evaluate(() => partwise.app.mixer.gains());
    assert.ok(Math.abs(input - 10) < 1e-9 && parts.every((g) => g === -input));
  });
});
