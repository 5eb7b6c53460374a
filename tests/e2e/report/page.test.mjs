// What the page shows, in words and in pictures, by mouse, by keys and on a phone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import {
  coloursOf,
  detailComplete,
  kHostile,
  kPages,
  kPhone,
  kWide,
  launch,
  makePage,
  require,
  screenshot,
  scrollThrough,
  sidewaysFits,
  withReport,
} from "./support.mjs";

let browser;
before(async () => {
  for (const kind of ["plain", "hostile", "linked", "silent"]) makePage(kind);
  browser = await launch();
});
after(() => browser?.close());

for (const [label, viewport] of [
  ["1280", kWide],
  ["360", kPhone],
]) {
  for (const scheme of ["light", "dark"]) {
    test(`every picture is drawn at ${label} pixels, ${scheme}, and nothing scrolls sideways`, async () => {
      await withReport(
        browser,
        "plain",
        viewport,
        async (page) => {
          await scrollThrough(page);
          await detailComplete(page);
          const pictures = [];
          for (const canvas of await page.$$("canvas")) {
            pictures.push([
              await canvas.evaluate((c) => c.className),
              await canvas.evaluate(coloursOf),
            ]);
          }
          assert.equal(pictures.length, 1 + 1 + 3 * 6 + 1); // spectrogram, lanes, three for each part, trace
          for (const [name, colours] of pictures) {
            assert.ok(
              colours > (name === "spectrogram" ? 100 : 4),
              `${name} has ${colours} colours`,
            );
          }
          await sidewaysFits(page);
          await screenshot(page, `notes-${label}-${scheme}`);
        },
        { colorScheme: scheme },
      );
    });
  }
}

test("axe finds nothing, in light, in dark and on a phone", async () => {
  const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  for (const [viewport, options] of [
    [kWide, { colorScheme: "light" }],
    [kWide, { colorScheme: "dark" }],
    [kPhone, {}],
  ]) {
    await withReport(
      browser,
      "plain",
      viewport,
      async (page) => {
        await scrollThrough(page);
        await page.evaluate(() => partwise.app.mixer.listen("residual"));
        const violations = await page.evaluate(async (source) => {
          // The page's policy lets no script in but its own; the inspector's console is not bound by it.
          new Function(source).call(globalThis);
          const found = await globalThis.axe.run();
          return found.violations.map(
            (v) =>
              `${v.id}: ${v.nodes.map((n) => `${n.target.join(" ")} ${n.any[0]?.message ?? ""}`).join("; ")}`,
          );
        }, axe);
        assert.deepEqual(violations, []);
      },
      { ...options, bypassCSP: true },
    );
  }
});

/** The middle of the spectrogram's plot and a place on it. */
async function plotBox(page) {
  await page.locator("canvas.spectrogram").scrollIntoViewIfNeeded();
  const box = await page.locator("canvas.spectrogram").boundingBox();
  const left = 44,
    right = 12; // the margins of draw/axes.js
  return {
    ...box,
    at: (share) => box.x + left + share * (box.width - left - right),
    middle: box.y + box.height / 2,
  };
}

test("a click on any picture over time goes there, and every playhead follows", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    const plot = await plotBox(page);
    await page.mouse.click(plot.at(0.5), plot.middle);
    assert.ok(Math.abs((await page.evaluate(() => partwise.app.transport.position)) - 1.5) < 0.01);
    const heads = await page.$$eval(".playhead", (all) =>
      all.map((head) => head.getBoundingClientRect()).map((r) => r.x + r.width / 2),
    );
    assert.equal(heads.length, 7);
    for (const x of heads)
      assert.ok(Math.abs(x - plot.at(0.5)) < 2, `playhead at ${x}, expected ${plot.at(0.5)}`);
    const wave = page.locator("#part-2 canvas.waveform");
    await wave.scrollIntoViewIfNeeded();
    const box = await wave.boundingBox();
    await page.mouse.click(plot.at(0.25), box.y + box.height / 2);
    assert.ok(Math.abs((await page.evaluate(() => partwise.app.transport.position)) - 0.75) < 0.01);
  });
});

test("a drag chooses a stretch, and the loop is that stretch", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    const plot = await plotBox(page);
    await page.mouse.move(plot.at(0.25), plot.middle);
    await page.mouse.down();
    await page.mouse.move(plot.at(0.4), plot.middle, { steps: 4 });
    await page.mouse.move(plot.at(0.5), plot.middle, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("button", { name: "Loop" }).click();
    const { selection, loop } = await page.evaluate(() => ({
      selection: partwise.app.timeline.selection,
      loop: partwise.app.transport.loop,
    }));
    assert.ok(
      Math.abs(selection.from - 0.75) < 0.02 && Math.abs(selection.to - 1.5) < 0.02,
      JSON.stringify(selection),
    );
    assert.deepEqual(loop, selection);
    await page.getByRole("button", { name: "Clear selection" }).click();
    assert.deepEqual(await page.evaluate(() => partwise.app.transport.loop), { from: 0, to: 3 });
  });
});

test("the wheel with Ctrl zooms about the pointer, buttons pan, and Show all goes back", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    const plot = await plotBox(page);
    await page.mouse.move(plot.at(0.5), plot.middle);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -500);
    await page.keyboard.up("Control");
    const span = () => page.evaluate(() => [partwise.app.timeline.from, partwise.app.timeline.to]);
    const [from, to] = await span();
    assert.ok(Math.abs(to - from - 1.5) < 0.01 && Math.abs(from - 0.75) < 0.01, `${from} to ${to}`);
    await detailComplete(page);
    assert.equal(await page.evaluate(() => partwise.app.spectrogram.detail.area.from), from);
    await page.getByRole("button", { name: "Later" }).click();
    assert.ok(Math.abs((await span())[0] - 1.5) < 0.01);
    await page.getByRole("button", { name: "Frequency: closer" }).click();
    assert.ok(await page.evaluate(() => partwise.app.spectrogram.hz.low > 100));
    await page.getByRole("button", { name: "Show all" }).click();
    assert.deepEqual(await span(), [0, 3]);
  });
});

test("zooming and panning a long picture takes less than a frame", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    await page.locator("canvas.spectrogram").scrollIntoViewIfNeeded();
    const slowest = await page.evaluate(() => {
      const { timeline, spectrogram } = partwise.app;
      const times = [];
      for (let i = 0; i < 40; ++i) {
        timeline.zoom(i < 20 ? 0.9 : 1.1, 1.2);
        const from = performance.now();
        spectrogram.picture.redraw();
        times.push(performance.now() - from);
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
    });
    assert.ok(slowest < 16, `half of the redraws within ${slowest} ms`);
  });
});

test("fingers tap to go there, drag to pan and pinch to zoom", async () => {
  await withReport(
    browser,
    "plain",
    kPhone,
    async (page) => {
      const { at, middle: y } = await plotBox(page);
      const seen = () =>
        page.evaluate(() => {
          const { timeline, transport } = partwise.app;
          return { from: timeline.from, to: timeline.to, position: transport.position };
        });
      const whole = await seen();

      await page.touchscreen.tap(at(0.5), y);
      assert.ok(Math.abs((await seen()).position / whole.to - 0.5) < 0.02);

      const session = await page.context().newCDPSession(page);
      const touch = (type, ...xs) =>
        session.send("Input.dispatchTouchEvent", {
          type,
          touchPoints: xs.map((x, id) => ({ x, y, id })),
        });
      await touch("touchStart", at(0.4));
      await touch("touchStart", at(0.4), at(0.6));
      for (const apart of [0.15, 0.2, 0.25, 0.3])
        await touch("touchMove", at(0.5 - apart), at(0.5 + apart));
      await touch("touchEnd");
      const near = await seen();
      assert.ok(
        Math.abs((near.to - near.from) / (whole.to - whole.from) - 1 / 3) < 0.05,
        "fingers three times as far apart",
      );
      assert.ok(
        Math.abs((near.from + near.to) / 2 / whole.to - 0.5) < 0.05,
        "what lay between the fingers still does",
      );

      await touch("touchStart", at(0.2));
      for (const share of [0.3, 0.4, 0.5]) await touch("touchMove", at(share));
      await touch("touchEnd");
      const panned = await seen();
      assert.ok(panned.from < near.from, "a drag to the right shows what was before");
      assert.ok(Math.abs(panned.to - panned.from - (near.to - near.from)) < 1e-6);
    },
    { hasTouch: true },
  );
});

test("the read-out says time, pitch and level, and a part's own picture can be chosen", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    const plot = await plotBox(page);
    await detailComplete(page);
    const y = await page.evaluate(() => {
      const { canvas } = partwise.app.spectrogram;
      return partwise.app.spectrogram.layout(canvas.clientWidth, canvas.clientHeight).y(440);
    });
    await page.mouse.move(plot.at(0.9 / 3), plot.y + y);
    const read = await page.locator(".readout").textContent();
    assert.match(read, /^0\.9\d\d s \u00b7 4\d\d Hz \(A4\) \u00b7 \u2212?\d+\.\d dB$/);
    await page.getByLabel("Spectrogram of", { exact: true }).selectOption("3");
    await detailComplete(page);
    const levels = await page.evaluate(() =>
      [440, 110].map((hz) => partwise.app.spectrogram.dbAt(0.9, hz)),
    );
    assert.ok(
      levels[0] > -20 && levels[1] < levels[0] - 30,
      `440 Hz ${levels[0]} dB, 110 Hz ${levels[1]} dB`,
    );
    assert.match(
      await page.locator("canvas.spectrogram").getAttribute("aria-label"),
      /Part 3: Loudest at/,
    );
    await page.getByText("Linear", { exact: true }).click();
    await detailComplete(page);
    assert.equal(await page.evaluate(() => partwise.app.spectrogram.hz.low), 0);
  });
});

test("what the page computes from the sound is what the model's picture has", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    await detailComplete(page);
    const worst = await page.evaluate(async () => {
      const { spectrogram } = partwise.app;
      spectrogram.detail?.stop();
      let worst = 0;
      for (const [t, hz] of [
        [0.9, 440],
        [0.45, 110],
        [1.3, 220],
        [2.3, 440],
      ]) {
        const computed = spectrogram.detail.dbAt(t, hz);
        const held = spectrogram.detail;
        spectrogram.detail = null;
        worst = Math.max(worst, Math.abs(computed - spectrogram.dbAt(t, hz)));
        spectrogram.detail = held;
      }
      return worst;
    });
    assert.ok(worst < 6, `${worst} dB apart`); // the picture of this page is made up, near what it sounds like
  });
});

test("everything can be reached and used by keyboard", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    const position = page.getByRole("slider", { name: "Position in the recording" });
    for (let i = 0; i < 40; ++i) {
      await page.keyboard.press("Tab");
      if (await position.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press("PageUp");
    assert.ok(Math.abs((await page.evaluate(() => partwise.app.transport.position)) - 0.3) < 0.01);
    assert.match(await position.getAttribute("aria-valuetext"), /0\.30 s of 3\.00 s/);
    await page.evaluate(() => document.activeElement.blur());
    for (const [key, is] of [
      ["r", "residual"],
      ["i", "input"],
      ["m", "mix"],
    ]) {
      await page.keyboard.press(key);
      assert.equal(await page.evaluate(() => partwise.app.mixer.listenTo), is);
    }
    await page.keyboard.press("2");
    assert.equal(await page.evaluate(() => partwise.app.mixer.parts[1].solo), true);
    await page.keyboard.press("[");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("]");
    const chosen = await page.evaluate(() => partwise.app.timeline.selection);
    assert.ok(
      Math.abs(chosen.from - 0.3) < 0.01 && Math.abs(chosen.to - 0.45) < 0.01,
      JSON.stringify(chosen),
    );
    await page.keyboard.press("+");
    assert.ok(await page.evaluate(() => partwise.app.timeline.zoomed));
    await page.keyboard.press("0");
    await page.keyboard.press("Space");
    await page.waitForFunction(
      () => partwise.app.transport.playing && partwise.app.transport.position > 0.5,
    );
    await page.getByLabel("Keyboard shortcuts").uncheck();
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("r");
    assert.equal(await page.evaluate(() => partwise.app.mixer.listenTo), "mix");
  });
});

test("a name given to a part shows everywhere and is there again when the page is opened again", async () => {
  await withReport(browser, "plain", kPhone, async (page) => {
    await page.getByRole("button", { name: "Rename part 1" }).click();
    await page.getByRole("textbox", { name: "Name of part 1" }).fill("  <b>Bass</b> & drum ");
    await page.keyboard.press("Enter");
    const names = () =>
      page.evaluate(() => [
        document.querySelector("#part-1 h3").textContent,
        document.querySelectorAll(".chip-name")[1].textContent,
        document.querySelector("#source option[value='1']").textContent,
      ]);
    assert.deepEqual(await names(), Array(3).fill("<b>Bass</b> & drum"));
    await page.reload();
    await page.waitForSelector("#page.ready", { state: "attached" });
    assert.deepEqual(await names(), Array(3).fill("<b>Bass</b> & drum"));
  });
});

test("every picture says in words what it shows", async () => {
  await withReport(browser, "plain", kPhone, async (page) => {
    const labels = await page.$$eval("canvas", (all) =>
      all.map((c) => (c.getAttribute("role") === "img" ? c.getAttribute("aria-label") : "")),
    );
    for (const label of labels) assert.ok(label.length > 20, label);
    const part = page.locator("#part-3");
    assert.match(
      await part.locator("canvas.spectrum").getAttribute("aria-label"),
      /Part 3: peaks at 440 Hz \(A4\); further peaks at .*88\d Hz/,
    );
    assert.match(
      await part.locator("canvas.activation").getAttribute("aria-label"),
      /starts twice: at 0\.8\d s and 2\.2\d s/,
    );
    assert.match(
      await part.locator("canvas.waveform").getAttribute("aria-label"),
      /largest sample is \u2212\d+\.\d dBFS/,
    );
    assert.match(await page.locator("canvas.trace").getAttribute("aria-label"), /in 60 iterations/);
  });
});

test("hostile strings stand in the page as text, to the letter", async () => {
  assert.ok(kHostile.length >= 50);
  await withReport(browser, "hostile", kPhone, async (page) => {
    await scrollThrough(page);
    const texts = (selector) => page.$$eval(selector, (all) => all.map((e) => e.textContent));
    assert.deepEqual(await texts("h1"), [kHostile[0]]);
    assert.deepEqual(await texts(".warnings li"), kHostile);
    assert.deepEqual((await texts(".part h3")).slice(0, 4), kHostile.slice(0, 4));
    assert.equal(await page.locator(".command code").evaluate((e) => e.textContent), kHostile[0]);
    const options = new Map(
      await page.$$eval("table.options tr", (rows) =>
        rows.map((r) => [r.cells[0].textContent, r.cells[1].textContent]),
      ),
    );
    for (const text of kHostile) assert.equal(options.get(text), text);
    assert.equal(
      await page.locator("img, iframe, svg, video, form, base, link:not([rel=icon])").count(),
      0,
    );
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    for (const href of await page.$$eval("a[download]", (all) => all.map((a) => a.href)))
      assert.match(href, /^file:/);
    await sidewaysFits(page);
  });
});

test("the page's policy refuses a script that was not written with it, and the network", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(kPages, "plain", "report.html")).href);
  const refused = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      violations.push(event.effectiveDirective),
    );
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.body.append(script);
    const image = new Image();
    image.src = "https://127.0.0.1:9/x.png";
    await fetch("https://127.0.0.1:9/").catch(() => {});
    await new Promise((done) => setTimeout(done, 100));
    return { ran: globalThis.ran === true, violations: violations.sort() };
  });
  await context.close();
  assert.deepEqual(refused, {
    ran: false,
    violations: ["connect-src", "img-src", "script-src-elem"],
  });
});

test("sound that is not in the page is linked, said so, and plays from beside the page", async () => {
  await withReport(browser, "linked", kWide, async (page) => {
    await scrollThrough(page);
    assert.match(await page.locator(".outside").innerText(), /leaves 25 MB for it/);
    await page.waitForFunction(() =>
      [...document.querySelectorAll("audio")].every((a) => a.readyState >= 1),
    );
    const players = await page.$$eval("audio", (all) =>
      all.map((audio) => [audio.src.split(":")[0], Math.round(audio.duration)]),
    );
    assert.deepEqual(players, Array(4).fill(["file", 112]));
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await page.waitForFunction(() => document.querySelector("audio").currentTime > 0.1);
    const plot = await plotBox(page);
    await page.mouse.click(plot.at(0.5), plot.middle);
    await page.waitForFunction(
      () => Math.abs(document.querySelector("audio").currentTime - 56) < 2,
    );
  });
});

test("silence has a page too, with no figure made up", async () => {
  await withReport(browser, "silent", kPhone, async (page) => {
    await scrollThrough(page);
    const text = await page.locator("#page").innerText();
    assert.doesNotMatch(text, /NaN|null|undefined|Infinity/);
    assert.match(text, /the recording is silent/);
    assert.match(await page.locator("canvas.spectrogram").getAttribute("aria-label"), /Silence/);
  });
});

test("on paper the controls are gone and every picture is drawn", async () => {
  await withReport(browser, "plain", kWide, async (page) => {
    await page.emulateMedia({ media: "print" });
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator(".transport").isVisible(), false);
    for (const canvas of await page.$$("canvas")) assert.ok((await canvas.evaluate(coloursOf)) > 4);
  });
});
