// What mouse, fingers and keys do on the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  detailComplete,
  kPhone,
  kWide,
  launch,
  makePage,
  plotBox,
  withReport,
} from "./support.mjs";

let browser;
before(async () => {
  makePage("plain");
  browser = await launch();
});
after(() => browser?.close());

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
