// The spectrogram with its choices, its legend, and what it shows in words.

import { lanesPicture } from "../draw/part_pictures.js";
import { kTop } from "../draw/spectrogram_drawing.js";
import { describeCanvas, el, section } from "../elements/elements.js";
import { timePlot } from "../elements/time_plot.js";
import { clamp } from "../model/values.js";
import { legend, spectrogramControls } from "./spectrogram_controls.js";
import { formatPitch } from "../text/notes.js";
import { pictureText } from "../text/picture_text.js";
import { residualText } from "../text/run_text.js";
import { joinList } from "../text/sentences.js";
import { formatClock, formatDecibels, formatHertz, formatSeconds } from "../text/units.js";

const kHint =
  "Click to go there, drag to choose a stretch for the loop. Ctrl and the wheel zoom in time, " +
  "with Shift in frequency; two fingers do, too.";
const kLanesHeight = 320; // pixels, shared by all lanes
const kMinLane = 3;
const kMaxLane = 24;

function lanes({ model, timeline, names }) {
  const height = clamp(Math.floor(kLanesHeight / Math.max(model.count, 1)), kMinLane, kMaxLane);
  const colourOf = (k) =>
    getComputedStyle(document.querySelector(`#part-${k} .dot`)).backgroundColor;
  const picture = lanesPicture(model.activations, model.timeOf, timeline, colourOf, height);
  picture.canvas.style.height = `${height * model.activations.length}px`;
  const describe = () => {
    const starts = model.parts.map(
      (part, k) => `${names.of(k)} from ${formatSeconds(part.first_onset_s)}`,
    );
    describeCanvas(picture.canvas, `When each part sounds: ${joinList(starts, 100)}.`);
  };
  names.onChange(describe);
  describe();
  timeline.onChange(() => picture.invalidate());
  return picture.canvas;
}

function sourceName({ spectrogram: { source }, names }) {
  if (source === "input") return "The recording";
  return source === "residual" ? "The residual" : names.of(source);
}

function captionText(app) {
  const { spectrogram, model } = app;
  const { source } = spectrogram;
  const who = source === "input" ? "" : `${sourceName(app)}: `;
  if (source === "residual") return `${who}${residualText(model.summary)}`;
  const whole = spectrogram.whole();
  return who + (whole ? pictureText(whole, model.picture) : "no picture yet.");
}

function readoutText(t, hz, db, floor) {
  const time = t < 60 ? `${t.toFixed(3)} s` : formatClock(t, 2);
  const level = db <= floor ? `below ${formatDecibels(floor)}` : formatDecibels(db);
  return `${time} \u00b7 ${formatPitch(hz)} \u00b7 ${level}`;
}

/** Time, pitch and level under the pointer. */
function readout({ spectrogram, model }, { host, gestures }, hzAt) {
  const text = el("span", { class: "readout", "aria-hidden": "true" });
  host.addEventListener("pointermove", (event) => {
    const hz = hzAt(event);
    const t = gestures.timeAt(event.clientX);
    const inside =
      gestures.isInside(event) && hz >= spectrogram.hz.low && hz <= spectrogram.hz.high;
    const db = inside ? spectrogram.dbAt(t, hz) : null;
    text.textContent = db === null ? "" : readoutText(t, hz, db, model.picture.db_min);
  });
  host.addEventListener("pointerleave", () => {
    text.textContent = "";
  });
  return text;
}

/** What the picture shows, under it and for those who do not see it. */
function caption(app) {
  const { timeline, spectrogram, names } = app;
  const element = el("figcaption");
  const describe = () => {
    const text = captionText(app);
    const times = `${formatSeconds(timeline.from)} to ${formatSeconds(timeline.to)}`;
    const frequencies = `${formatHertz(spectrogram.hz.low)} to ${formatHertz(spectrogram.hz.high)}`;
    describeCanvas(spectrogram.canvas, `Spectrogram from ${times}, ${frequencies}. ${text}`);
    element.textContent = `${text} Under it, when each part sounds.`;
  };
  spectrogram.onChange(describe);
  timeline.onChange(describe);
  names.onChange(describe);
  describe();
  return element;
}

function spectrogramFigure(app) {
  const { model, spectrogram } = app;
  if (model.levels.length === 0) {
    return el("p", { class: "lead" }, "There is no spectrogram: the recording is too short.");
  }
  const { canvas } = spectrogram;
  const hzAt = (event) => {
    const box = canvas.getBoundingClientRect();
    return spectrogram.layout(box.width, box.height).y.invert(event.clientY - box.top);
  };
  const zoomFrequency = (factor, event) => spectrogram.zoomFrequency(factor, hzAt(event));
  const plotted = timePlot(app, [canvas, lanes(app)], { top: kTop, bottom: 0, zoomFrequency });
  return el(
    "figure",
    { class: "wide" },
    plotted.host,
    el("div", { class: "under" }, readout(app, plotted, hzAt), legend(app)),
    caption(app),
    el("p", { class: "hint" }, kHint),
  );
}

/** beside: an element that stands under the choices. */
export function spectrogramPanel(app, beside) {
  const controls = app.model.levels.length > 0 ? spectrogramControls(app) : null;
  const side = el("div", { class: "side" }, controls, beside);
  const pictures = el("div", { class: "pictures" }, spectrogramFigure(app));
  return section("sound", "The whole recording", el("div", { class: "row panel" }, side, pictures));
}
