// What is chosen beside the spectrogram: whose it is, its axis, its colours, and what is in sight.

import { magmaGradient } from "../draw/colours.js";
import { button, radioGroup } from "../elements/controls.js";
import { el } from "../elements/elements.js";
import { formatDecibels } from "../text/units.js";

const kAxes = [
  ["log", "Logarithmic"],
  ["linear", "Linear"],
];
const kDepths = [
  ["80", "80 dB"],
  ["60", "60 dB"],
  ["40", "40 dB"],
];

function sourceSelect({ model, names, spectrogram, sound }) {
  const select = el("select", { id: "source" }, el("option", { value: "input" }, "The recording"));
  for (let k = 0; k < model.count; ++k) {
    const option = el("option", { value: String(k) }, names.of(k));
    names.onChange((changed) => {
      if (changed === k) option.textContent = names.of(k);
    });
    select.append(option);
  }
  if (sound.playable) select.append(el("option", { value: "residual" }, "The residual"));
  const source = (value) => (/^\d+$/.test(value) ? Number(value) : value);
  select.addEventListener("change", () => spectrogram.show(source(select.value)));
  spectrogram.onChange(() => {
    select.value = String(spectrogram.source);
  });
  return el("div", { class: "field" }, el("label", { for: "source" }, "Spectrogram of"), select);
}

function zoomButtons(label, closer, wider) {
  return el(
    "div",
    { class: "zoom", role: "group", "aria-label": label },
    el("span", { "aria-hidden": "true" }, label),
    button("\u2212", wider, { "aria-label": `${label}: show more` }),
    button("+", closer, { "aria-label": `${label}: closer` }),
  );
}

function panButtons({ timeline, spectrogram }) {
  const back = button("\u2190", () => timeline.pan(-timeline.span / 2), {
    "aria-label": "Earlier",
  });
  const forward = button("\u2192", () => timeline.pan(timeline.span / 2), {
    "aria-label": "Later",
  });
  const all = button("Show all", () => {
    timeline.showAll();
    spectrogram.showAllFrequencies();
  });
  const show = () => {
    back.disabled = !timeline.zoomed || timeline.from <= 0;
    forward.disabled = !timeline.zoomed || timeline.to >= timeline.duration;
  };
  timeline.onChange(show);
  show();
  return el("div", { class: "zoom" }, back, forward, all);
}

function zooming(app) {
  const { timeline, spectrogram, transport } = app;
  /** The playhead where it is in sight, else the middle. */
  const at = () => {
    const t = transport.position;
    return t >= timeline.from && t <= timeline.to && t > 0 ? t : undefined;
  };
  const zoomTime = (factor) => () => timeline.zoom(factor, at());
  const zoomFrequency = (factor) => () => spectrogram.zoomFrequency(factor);
  return el(
    "div",
    { class: "zooming" },
    zoomButtons("Time", zoomTime(0.5), zoomTime(2)),
    zoomButtons("Frequency", zoomFrequency(0.5), zoomFrequency(2)),
    panButtons(app),
  );
}

export function spectrogramControls(app) {
  const { spectrogram } = app;
  return el(
    "div",
    { class: "choices" },
    sourceSelect(app),
    radioGroup("Frequency axis", "axis", kAxes, "log", (axis) =>
      spectrogram.setAxis(axis === "log"),
    ),
    radioGroup("Depth of the colours", "depth", kDepths, "80", (depth) =>
      spectrogram.setDepth(Number(depth)),
    ),
    zooming(app),
  );
}

/** The colours and what they stand for. */
export function legend({ model, spectrogram }) {
  const ramp = el("span", { class: "ramp" });
  ramp.style.background = magmaGradient;
  const low = el("span");
  const top = model.picture.db_max;
  const host = el("span", { class: "legend", role: "img" }, low, ramp, `${Math.round(top)} dB`);
  const show = () => {
    low.textContent = `\u2212${spectrogram.depth}`;
    const range = `${formatDecibels(top - spectrogram.depth)} (dark) to ${formatDecibels(top)} (bright)`;
    host.setAttribute(
      "aria-label",
      `Colours from ${range}, relative to the loudest moment of the recording`,
    );
  };
  spectrogram.onChange(show);
  show();
  return host;
}
