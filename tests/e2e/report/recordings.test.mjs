// What the program writes for a loop and for a four-minute song: sizes, times, memory, what is heard, and
// screenshots at both widths.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  detailComplete,
  kPages,
  kPhone,
  kWide,
  launch,
  screenshot,
  scrollThrough,
  sidewaysFits,
  withReport,
} from "./support.mjs";

// What the page promises. Ready in 3 s is said of a quiet machine and printed; a busy one gets ten times as long.
const kLoopBytes = 1.5e6,
  kSongBytes = 25e6,
  kReadyMs = 10 * 3000,
  kDecodedBytes = 300e6;

/** 16-bit WAV of interleaved samples in [-1, 1]. */
function writeWav(path, samples, rate, channels) {
  const out = Buffer.alloc(44 + 2 * samples.length);
  out.write("RIFF", 0);
  out.writeUInt32LE(out.length - 8, 4);
  out.write("WAVEfmt ", 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(channels, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(2 * rate * channels, 28);
  out.writeUInt16LE(2 * channels, 32);
  out.writeUInt16LE(16, 34);
  out.write("data", 36);
  out.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((x, i) =>
    out.writeInt16LE(Math.round(32767 * Math.max(-1, Math.min(1, x))), 44 + 2 * i),
  );
  writeFileSync(path, out);
}

/** A kit over a bass over chords: something for every part, the same in every run. */
function music(seconds, rate, channels) {
  const out = new Float32Array(seconds * rate * channels);
  let seed = 1;
  const noise = () => (seed = (seed * 48271) % 2147483647) / 1073741823.5 - 1;
  const kChords = [
    [220, 277.2, 329.6],
    [196, 246.9, 293.7],
    [174.6, 220, 261.6],
    [164.8, 207.7, 246.9],
  ];
  const hit = (at, length, pan, sound) => {
    for (let n = 0; n < length * rate && at * rate + n < seconds * rate; ++n) {
      const x = sound(n / rate),
        i = Math.floor(at * rate + n) * channels;
      for (let c = 0; c < channels; ++c)
        out[i + c] += x * (channels === 1 ? 1 : c === 0 ? 1 - pan : pan);
    }
  };
  for (let beat = 0; beat * 0.5 < seconds; ++beat) {
    const at = beat * 0.5,
      chord = kChords[Math.floor(beat / 4) % 4];
    if (beat % 2 === 0)
      hit(
        at,
        0.2,
        0.5,
        (t) => 0.5 * Math.exp(-t * 20) * Math.sin(2 * Math.PI * (50 + 80 * Math.exp(-t * 40)) * t),
      );
    else hit(at, 0.15, 0.45, (t) => 0.2 * Math.exp(-t * 25) * noise());
    hit(at + 0.25, 0.05, 0.7, (t) => 0.1 * Math.exp(-t * 90) * noise());
    hit(at, 0.45, 0.5, (t) => 0.15 * Math.exp(-t * 3) * Math.sin(Math.PI * chord[0] * t));
    if (beat % 4 === 0)
      for (const hz of chord)
        hit(
          at,
          1.9,
          0.3,
          (t) =>
            0.05 *
            Math.exp(-t) *
            (Math.sin(2 * Math.PI * hz * t) + 0.4 * Math.sin(4 * Math.PI * hz * t)),
        );
    hit(
      at,
      0.45,
      0.8,
      (t) => 0.06 * Math.exp(-t * 6) * Math.sin(2 * Math.PI * 2 * chord[beat % 3] * t),
    );
  }
  return out;
}

function decompose(kind, seconds, rate, channels, options = []) {
  const folder = join(kPages, kind),
    input = join(kPages, `${kind}.wav`);
  mkdirSync(kPages, { recursive: true });
  if (!existsSync(input)) writeWav(input, music(seconds, rate, channels), rate, channels);
  const text = execFileSync(
    process.env.PARTWISE_PROGRAM,
    ["decompose", input, "-o", folder, "--force", "--json", ...options],
    { encoding: "utf8" },
  );
  return JSON.parse(text);
}

let browser, song;
before(async () => {
  decompose("loop", 4, 44100, 1);
  song = decompose("song", 240, 44100, 2);
  decompose("parts", 4, 44100, 1, ["--parts", "auto", "-k", "8"]);
  browser = await launch();
});
after(() => browser?.close());

const sizeOf = (kind) => statSync(join(kPages, kind, "report.html")).size;

test("the tree of merges shows a component where one is chosen, and stands only where parts were merged", async () => {
  for (const [width, viewport] of [
    ["wide", kWide],
    ["phone", kPhone],
  ]) {
    await withReport(browser, "parts", viewport, async (page) => {
      const buttons = page.locator("#tree .members button");
      assert.equal(await buttons.count(), 8);
      assert.equal(await page.locator("#tree canvas.curve").count(), 1);
      await buttons.nth(5).click();
      assert.equal(await page.locator("#tree .member canvas").count(), 2);
      assert.equal(
        await page.locator('#tree button[aria-pressed="true"]').innerText(),
        await buttons.nth(5).innerText(),
      );
      await buttons.nth(5).click();
      assert.equal(await page.locator("#tree .member").count(), 0);
      await page.locator("#tree canvas.tree").click({ position: { x: 20, y: 200 } });
      assert.equal(await page.locator("#tree .member canvas").count(), 2);
      assert.match(
        await page.locator("#tree canvas.tree").getAttribute("aria-label"),
        /8 components were merged to \d parts?, .* the line is where merging stopped/,
      );
      assert.match(await page.locator(".part .facts").first().innerText(), /Made of/);
      await sidewaysFits(page);
      await screenshot(page, `tree-${width}`);
    });
  }
  await withReport(browser, "loop", kWide, async (page) =>
    assert.equal(await page.locator("#tree").count(), 0),
  );
});

test("a loop's page has nothing lost and is small, a song's fits and says what was lowered", async (t) => {
  assert.ok(sizeOf("loop") < kLoopBytes, `${sizeOf("loop")} bytes`);
  assert.ok(sizeOf("song") < kSongBytes, `${sizeOf("song")} bytes`);
  t.diagnostic(
    `loop ${sizeOf("loop")} bytes, song ${sizeOf("song")} bytes, its report took ${song.seconds.report} s`,
  );
  await withReport(browser, "loop", kWide, async (page) => {
    assert.deepEqual(
      await page.evaluate(() => [partwise.app.model.audio.codec, partwise.app.model.audio.note]),
      ["flac", ""],
    );
  });
  await withReport(browser, "song", kWide, async (page) => {
    assert.match(
      await page.locator(".outside").innerText(),
      /Opus at about \d+ kbit\/s for each part: without loss it would take more than/,
    );
  });
});

test("the loop's parts add up to its file to the bit", async () => {
  await withReport(browser, "loop", kWide, async (page) => {
    const worst = await page.evaluate(async () => {
      const { sound } = partwise.app;
      const [residual, input] = [
        await sound.readSource("residual", 0, sound.samples),
        await sound.readSource("input", 0, sound.samples),
      ];
      return [residual, input].map(([channel]) =>
        channel.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
      );
    });
    assert.equal(worst[0], 0);
    assert.ok(worst[1] > 0.1);
  });
});

test("the song is ready to play soon, plays anywhere, and keeps little decoded", async (t) => {
  await withReport(browser, "song", kWide, async (page) => {
    const { ready, heard, bytes } = await page.evaluate(async () => {
      const { transport, sound } = partwise.app;
      await sound.loadAll(0);
      const ready = performance.now();
      await transport.play();
      const heard = [];
      for (const at of [0, 100, 200, 33, 236, 120, 60, 180]) {
        transport.seek(at);
        const from = performance.now();
        const sounds = () =>
          transport.scheduler.scheduled.length > 0 &&
          transport.graph.context.currentTime > transport.scheduler.scheduled[0].when + 0.1;
        while (!(sounds() && transport.level().rms > 1e-3) && performance.now() - from < 25000)
          await new Promise((done) => setTimeout(done, 20));
        heard.push(performance.now() - from);
      }
      transport.pause();
      return { ready, heard, bytes: sound.cache.peakBytes };
    });
    t.diagnostic(
      `ready after ${Math.round(ready)} ms; heard after a seek within ${heard.map(Math.round)} ms; ${bytes / 1e6} MB decoded at most`,
    );
    assert.ok(ready < kReadyMs, `ready after ${ready} ms`);
    assert.ok(bytes < kDecodedBytes);
    for (const ms of heard) assert.ok(ms < kReadyMs, `${heard}`);
  });
});

test("what is Opus lies where the recording does: no delay, no seam", async () => {
  await withReport(browser, "song", kWide, async (page) => {
    const found = await page.evaluate(async () => {
      const { sound } = partwise.app;
      // Around a join: the parts' sum follows the recording there as well as elsewhere.
      const error = async (at) => {
        const [residual, input] = [
          await sound.readSource("residual", at - 2400, 4800),
          await sound.readSource("input", at - 2400, 4800),
        ];
        const power = (x) => x.reduce((sum, c) => sum + c.reduce((s, y) => s + y * y, 0), 0);
        return 10 * Math.log10(power(residual) / power(input));
      };
      const joins = [],
        between = [];
      for (let i = 1; i < 8; ++i) {
        joins.push(await error(i * sound.segmentSamples));
        between.push(await error(Math.round((i + 0.5) * sound.segmentSamples)));
      }
      return { joins, between };
    });
    for (const db of [...found.joins, ...found.between]) assert.ok(db < -8, JSON.stringify(found));
  });
});

for (const codec of ["opus", "mp3", "wav", "flac"]) {
  test(`${codec} comes out where it went in`, async (t) => {
    decompose(`codec-${codec}`, 4, 44100, 1, [
      "--report-audio",
      codec,
      "-k",
      "2",
      "--report-size",
      "10",
    ]);
    decompose("codec-exact", 4, 44100, 1, [
      "--report-audio",
      "wav",
      "-k",
      "2",
      "--report-size",
      "10",
    ]);
    const first = async (kind) => {
      let samples;
      await withReport(browser, kind, kWide, async (page) => {
        samples = await page.evaluate(async () => {
          const { sound } = partwise.app;
          const [data] = await sound.readSource("input", 0, sound.samples);
          const context = new OfflineAudioContext(1, 4 * 44100, 44100);
          const source = context.createBufferSource();
          source.buffer = context.createBuffer(1, data.length, sound.rate);
          source.buffer.copyToChannel(data, 0);
          source.connect(context.destination);
          source.start();
          return [...(await context.startRendering()).getChannelData(0)];
        });
      });
      return samples;
    };
    const exact = await first("codec-exact"),
      own = await first(`codec-${codec}`);
    const match = (lag) => {
      let both = 0,
        a = 0,
        b = 0;
      for (let n = 5000; n < exact.length - 5000; ++n) {
        both += exact[n] * own[n + lag];
        a += exact[n] ** 2;
        b += own[n + lag] ** 2;
      }
      return both / Math.sqrt(a * b);
    };
    const lags = Array.from({ length: 61 }, (_, i) => i - 30);
    const best = lags.reduce((x, lag) => (match(lag) > match(x) ? lag : x), 0);
    t.diagnostic(`${codec}: best at ${best} samples, correlation ${match(best).toFixed(5)}`);
    assert.equal(best, 0);
    assert.ok(match(0) > 0.97, `${match(0)}`);
  });
}

for (const kind of ["loop", "song"]) {
  for (const [label, viewport] of [
    ["1280", kWide],
    ["360", kPhone],
  ]) {
    test(`the ${kind}'s page at ${label} pixels`, async () => {
      await withReport(browser, kind, viewport, async (page) => {
        await scrollThrough(page);
        await detailComplete(page);
        await sidewaysFits(page);
        await screenshot(page, `${kind}-${label}`);
        await page.evaluate(() => {
          partwise.app.spectrogram.show(1);
          partwise.app.timeline.select(1, 2);
          partwise.app.timeline.show(0.5, 3);
          partwise.app.transport.seek(1.2);
          partwise.app.mixer.setPart(2, { solo: true });
        });
        await detailComplete(page);
        await scrollThrough(page);
        await page.waitForTimeout(300);
        await screenshot(page, `${kind}-${label}-zoomed`);
      });
    });
  }
}
