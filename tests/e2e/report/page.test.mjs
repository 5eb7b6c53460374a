// What the page shows, in words and in pictures, and what it lets in.
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
  plotBox,
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
