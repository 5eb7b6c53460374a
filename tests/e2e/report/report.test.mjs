// The report as a reader has it: opened from a disk in a browser with the network off.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const require = createRequire(join(resolve(process.env.PARTWISE_NODE_MODULES), "here.js"));
const { chromium } = require("playwright-core");
const kPages = resolve(process.env.PARTWISE_PAGES);
const kScreenshots = process.env.PARTWISE_SCREENSHOTS;

// make_report.cpp has the same text.
const kHostileName = `"quoted" 'single' </script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ` +
  "\u202efdp.exe\u202c \u2028 \u0007 \u001b[31m \\u003c &lt; ${x} `y`";
const kWide = { width: 1280, height: 900 }, kPhone = { width: 360, height: 740 };

let browser;
before(async () => {
  for (const kind of ["plain", "hostile", "linked", "silent"]) {
    execFileSync(process.env.PARTWISE_MAKE_REPORT, [kind, join(kPages, kind)]);
  }
  browser = await chromium.launch({
    executablePath: process.env.PARTWISE_CHROMIUM, headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--mute-audio", "--disable-dev-shm-usage",
      "--autoplay-policy=no-user-gesture-required"],
  });
});
after(() => browser?.close());

/** Opens a report, runs `check` on it, and asserts that nothing went wrong or outside meanwhile. */
async function withReport(kind, viewport, check, colorScheme = "light") {
  const context = await browser.newContext({ viewport, colorScheme, offline: true });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  try {
    await page.goto(pathToFileURL(join(kPages, kind, "report.html")).href);
    await page.waitForSelector("#page.ready", { state: "attached", timeout: 10000 });
    await check(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Scrolls through the page, so that everything that waits to be seen is drawn and loaded. */
async function scrollThrough(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
      window.scrollTo({ top: y, behavior: "instant" });
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    }
    window.scrollTo({ top: 0, behavior: "instant" });
  });
}

const coloursOf = (canvas) => {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return 0;
  const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return seen.size;
};

for (const [label, viewport] of [["1280", kWide], ["360", kPhone]]) {
  for (const scheme of ["light", "dark"]) {
    test(`every picture is drawn at ${label} pixels, ${scheme}, and nothing scrolls sideways`, async () => {
      await withReport("plain", viewport, async (page) => {
        await scrollThrough(page);
        const pictures = [];
        for (const canvas of await page.$$("canvas")) {
          pictures.push([await canvas.evaluate((c) => c.className), await canvas.evaluate(coloursOf)]);
        }
        assert.equal(pictures.length, 1 + 1 + 2 * 6 + 1);  // spectrogram, lanes, two for each part, trace
        for (const [name, colours] of pictures) {
          assert.ok(colours > (name === "spectrogram" ? 100 : 5), `${name} has ${colours} colours`);
        }
        const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
        assert.ok(scroll <= client, `the page is ${scroll} wide in ${client}`);
        if (kScreenshots) {
          mkdirSync(kScreenshots, { recursive: true });
          await page.screenshot({ path: join(kScreenshots, `report-${label}-${scheme}.png`), fullPage: true });
        }
      }, scheme);
    });
  }
}

test("every player plays its whole length, and stops the others", async () => {
  await withReport("plain", kWide, async (page) => {
    await scrollThrough(page);
    const count = await page.locator("audio").count();
    assert.equal(count, 9);  // input, mix, residual and six parts
    for (let i = 0; i < count; ++i) {
      const state = await page.locator("audio").nth(i).evaluate(async (audio) => {
        await audio.play();
        const from = audio.currentTime;
        await new Promise((done) => setTimeout(done, 400));
        const playing = [...document.querySelectorAll("audio")].filter((a) => !a.paused).length;
        return { moved: audio.currentTime - from, duration: audio.duration, playing, volume: audio.volume };
      });
      assert.ok(state.moved > 0.1, `player ${i} moved ${state.moved} s`);
      assert.ok(Math.abs(state.duration - 3) < 0.001, `player ${i} lasts ${state.duration} s`);
      assert.equal(state.playing, 1);
      assert.equal(state.volume, 1);
    }
  });
});

test("the playhead follows the player and a click on the spectrogram seeks", async () => {
  await withReport("plain", kWide, async (page) => {
    const first = page.locator("audio").first();
    await page.waitForFunction(() => document.querySelector("audio").readyState >= 1);
    await page.locator("canvas.spectrogram").scrollIntoViewIfNeeded();
    const box = await page.locator("canvas.spectrogram").boundingBox();
    const left = 44, right = 12;  // the margins of plot.js
    const middle = box.x + left + (box.width - left - right) / 2;
    await page.mouse.click(middle, box.y + box.height / 2);
    await page.waitForTimeout(150);
    const t = await first.evaluate((audio) => audio.currentTime);
    assert.ok(Math.abs(t - 1.5) < 0.02, `at ${t} s`);
    const head = await page.locator(".wide .playhead").boundingBox();
    assert.ok(Math.abs(head.x + head.width / 2 - middle) < 2, `playhead at ${head.x}, expected ${middle}`);
  });
});

test("the position and the players can be reached and used by keyboard", async () => {
  await withReport("plain", kWide, async (page) => {
    await page.waitForFunction(() => document.querySelector("audio").readyState >= 1);
    const slider = page.getByRole("slider", { name: "Position in the recording" });
    for (let i = 0; i < 80; ++i) {
      await page.keyboard.press("Tab");
      if (await slider.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press("PageUp");
    await page.waitForTimeout(100);
    const t = await page.locator("audio").first().evaluate((audio) => audio.currentTime);
    assert.ok(Math.abs(t - 0.3) < 0.01, `at ${t} s`);
    assert.match(await slider.getAttribute("aria-valuetext"), /0\.30 s of 3\.00 s/);
    await page.keyboard.press("Space");
    await page.waitForTimeout(300);
    assert.equal(await page.locator("audio").first().evaluate((audio) => audio.paused), false);
    const labels = await page.$$eval("audio", (all) => all.map((audio) => audio.getAttribute("aria-label")));
    assert.equal(labels.length, new Set(labels).size);
  });
});

test("every picture says in words what it shows", async () => {
  await withReport("plain", kPhone, async (page) => {
    const labels = await page.$$eval("canvas", (all) => all.map((c) => c.getAttribute("role") === "img" ? c.getAttribute("aria-label") : ""));
    for (const label of labels) assert.ok(label.length > 20, label);
    const part = page.locator("#part-3");
    assert.match(await part.locator("canvas.spectrum").getAttribute("aria-label"), /Part 3: peaks at 440 Hz \(A4\); further peaks at .*88\d Hz/);
    assert.match(await part.locator("canvas.activation").getAttribute("aria-label"), /sets in twice: at 0\.8\d s and 2\.2\d s/);
    assert.match(await page.locator("canvas.trace").getAttribute("aria-label"), /in 60 iterations/);
  });
});

test("hostile names stand in the page as text, to the letter", async () => {
  await withReport("hostile", kPhone, async (page) => {
    await scrollThrough(page);
    assert.equal(await page.locator("h1").evaluate((e) => e.textContent), kHostileName);
    assert.equal(await page.locator("#part-1 h3").evaluate((e) => e.textContent), kHostileName);
    const warnings = await page.$$eval(".warnings li", (all) => all.map((e) => e.textContent));
    assert.deepEqual(warnings, [kHostileName, "javascript:alert(3)"]);
    assert.equal(await page.locator("table.options td", { hasText: "polluted" }).count(), 1);
    assert.equal(await page.locator("img").count(), 0);
    assert.equal(await page.evaluate(() => ({}).polluted), undefined);
    const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(scroll <= client, `the page is ${scroll} wide in ${client}`);
  });
});

test("the page's policy refuses a script that was not written with it, and the network", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(kPages, "plain", "report.html")).href);
  const refused = await page.evaluate(async () => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
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
  assert.deepEqual(refused, { ran: false, violations: ["connect-src", "img-src", "script-src-elem"] });
});

test("audio beyond the budget is linked, said so, and plays from beside the page", async () => {
  await withReport("linked", kWide, async (page) => {
    await scrollThrough(page);
    assert.match(await page.locator(".outside").innerText(), /more than the 25 MB it may/);
    await page.waitForFunction(() => [...document.querySelectorAll("audio")].every((a) => a.readyState >= 1));
    const players = await page.$$eval("audio", (all) => all.map((audio) => [audio.src.split(":")[0], Math.round(audio.duration)]));
    assert.deepEqual(players, Array(4).fill(["file", 112]));
    const moved = await page.locator("audio").first().evaluate(async (audio) => {
      await audio.play();
      await new Promise((done) => setTimeout(done, 400));
      return audio.currentTime;
    });
    assert.ok(moved > 0.1);
  });
});

test("silence has a page too, with no figure made up", async () => {
  await withReport("silent", kPhone, async (page) => {
    await scrollThrough(page);
    const text = await page.locator("#page").innerText();
    assert.doesNotMatch(text, /NaN|null|undefined|Infinity/);
    assert.match(text, /the recording is silent/);
    assert.match(await page.locator("canvas.spectrogram").getAttribute("aria-label"), /Silence/);
  });
});
