// Opens reports as a reader has them: from a disk, in a browser with the network off.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const require = createRequire(join(resolve(process.env.PARTWISE_NODE_MODULES), "here.js"));
const { chromium } = require("playwright-core");
const here = dirname(fileURLToPath(import.meta.url));

export const kPages = resolve(process.env.PARTWISE_PAGES);
export const kScreenshots = resolve(
  process.env.PARTWISE_SCREENSHOTS || join(kPages, "screenshots"),
);
export const kHostile = JSON.parse(readFileSync(join(here, "hostile_strings.json"), "utf8"));
export const kWide = { width: 1280, height: 900 },
  kPhone = { width: 360, height: 740 };

export function makePage(kind) {
  execFileSync(process.env.PARTWISE_MAKE_REPORT, [
    kind,
    join(kPages, kind),
    join(here, "hostile_strings.json"),
  ]);
}

export async function launch() {
  return chromium.launch({
    executablePath: process.env.PARTWISE_CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--mute-audio",
      "--disable-dev-shm-usage",
      "--autoplay-policy=no-user-gesture-required",
    ],
  });
}

/** Opens a report, runs `check` on it, and asserts that nothing went wrong or outside meanwhile. */
export async function withReport(browser, kind, viewport, check, options = {}) {
  const context = await browser.newContext({
    viewport,
    offline: true,
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  try {
    await page.goto(pathToFileURL(join(kPages, kind, "report.html")).href);
    await page.waitForSelector("#page.ready", { state: "attached", timeout: 30000 });
    await check(page);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
  }
}

/** Scrolls through the page, so that everything that waits to be seen is drawn. */
export async function scrollThrough(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += 400) {
      window.scrollTo({ top: y, behavior: "instant" });
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)));
    }
    window.scrollTo({ top: 0, behavior: "instant" });
  });
}

/** Until what the spectrogram computes for the stretch in sight is there. */
export async function detailComplete(page) {
  await page.waitForTimeout(250);
  await page.waitForFunction(
    () => !partwise.app.spectrogram.detail || partwise.app.spectrogram.detail.complete,
    null,
    { timeout: 60000 },
  );
}

/** The middle of the spectrogram's plot and a place on it. */
export async function plotBox(page) {
  await page.locator("canvas.spectrogram").scrollIntoViewIfNeeded();
  const box = await page.locator("canvas.spectrogram").boundingBox();
  const [left, right] = [44, 12]; // the margins of draw/axes.js
  return {
    ...box,
    at: (share) => box.x + left + share * (box.width - left - right),
    middle: box.y + box.height / 2,
  };
}

export async function sidewaysFits(page) {
  const [scroll, client] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  assert.ok(scroll <= client, `the page is ${scroll} wide in ${client}`);
}

export async function screenshot(page, name) {
  mkdirSync(kScreenshots, { recursive: true });
  await page.screenshot({ path: join(kScreenshots, `${name}.png`), fullPage: true });
}

/** Colours in a canvas: one that was not drawn has one. */
export const coloursOf = (canvas) => {
  const { width, height } = canvas;
  if (width === 0 || height === 0) return 0;
  const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4)
    seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
  return seen.size;
};
