// The head of the page: what was taken apart, how, and into what.

import { dot, el, outsideText, section, setHue } from "../elements/elements.js";
import { partName } from "../elements/part_name.js";
import { optionValue } from "../model/summary.js";
import { isNumber } from "../model/values.js";
import { noteOr } from "../text/notes.js";
import { residualText, runText } from "../text/run_text.js";
import { formatDecibels, formatHertz, formatPercent, formatSeconds } from "../text/units.js";

const kSortTexts = {
  peak: "Parts are numbered from low to high, by the peak of their spectrum.",
  energy: "Parts are numbered from strong to weak.",
  onset: "Parts are numbered in the order in which they set in.",
};

const kilohertz = (rate) => (isNumber(rate) ? `${Number((rate / 1000).toPrecision(5))} kHz` : null);
const channelText = (n) =>
  n === 1 ? "mono" : n === 2 ? "stereo" : isNumber(n) ? `${n} channels` : null;
const joinFacts = (facts) => facts.filter(Boolean).join(" \u00b7 ");

/** What was analysed, where that is not all that the file has. */
function analysedText(input, analysed, duration) {
  const differs =
    (isNumber(input.seconds) && Math.abs(input.seconds - duration) > 0.001) ||
    input.rate !== analysed.rate ||
    input.channels !== analysed.channels;
  if (!differs || !isNumber(analysed.rate)) return null;
  const from = analysed.offset > 0 ? `from ${formatSeconds(analysed.offset)}` : null;
  const facts = [
    formatSeconds(duration),
    from,
    kilohertz(analysed.rate),
    channelText(analysed.channels),
  ];
  return `Analysed: ${joinFacts(facts)}.`;
}

export function header(model) {
  const input = model.summary.input ?? {};
  const analysed = model.summary.analysed ?? {};
  const title = input.name ?? "Recording";
  document.title = `${title} \u2013 partwise`;
  const facts = [
    formatSeconds(input.seconds ?? model.duration),
    kilohertz(input.rate ?? analysed.rate),
    channelText(input.channels ?? analysed.channels),
    `K = ${model.count}`,
  ];
  const taken = analysedText(input, analysed, model.duration);
  return el(
    "header",
    {},
    el("p", { class: "mark" }, "partwise"),
    el("h1", {}, outsideText(title)),
    tags(input),
    el("p", { class: "length" }, joinFacts(facts)),
    el("p", { class: "made" }, runText(model.summary, model.count)),
    taken ? el("p", { class: "made" }, taken) : null,
    warnings(model.summary.warnings ?? []),
  );
}

function tags(input) {
  const texts = ["title", "artist", "album", "date"]
    .map((tag) => input.tags?.[tag] ?? input[tag])
    .filter((text) => typeof text === "string" && text !== "");
  if (texts.length === 0) return null;
  const separated = texts.flatMap((text, i) =>
    i === 0 ? [outsideText(text)] : [" \u00b7 ", outsideText(text)],
  );
  return el("p", { class: "tags" }, ...separated);
}

function warnings(texts) {
  if (texts.length === 0) return null;
  const title = texts.length === 1 ? "One thing to know" : `${texts.length} things to know`;
  const items = texts.map((text) => el("li", {}, outsideText(text)));
  return el(
    "div",
    { class: "warnings", role: "note", "aria-label": "Warnings" },
    el("strong", {}, title),
    el("ul", {}, ...items),
  );
}

function figures(model) {
  const { residual_db: residual, model_residual_db: modelResidual } = model.summary;
  const box = (value, title, text) =>
    el(
      "div",
      { class: "figure" },
      el("p", { class: "value" }, value),
      el("h3", {}, title),
      el("p", {}, text),
    );
  const modelText =
    "How far the model W H is from the recording\u2019s spectrogram, relative to the spectrogram. " +
    "Lower means that the parts\u2019 spectra and gains describe more of the sound.";
  return el(
    "div",
    { class: "figures" },
    box(formatDecibels(modelResidual), "Model residual", modelText),
    box(
      isNumber(residual) ? formatDecibels(residual) : "silent",
      "Residual",
      residualText(model.summary),
    ),
  );
}

/** A link to part k with its name, its pitch and its share. */
function chip({ model, names }, k) {
  const part = model.parts[k] ?? {};
  const note = noteOr(part.note, part.peak_hz);
  const link = el(
    "a",
    { href: `#part-${k}` },
    dot(),
    el("span", { class: "chip-name" }, partName(names, k)),
    el("span", { class: "chip-fact" }, `${formatHertz(part.peak_hz)}${note ? ` ${note}` : ""}`),
    el("span", { class: "chip-share" }, formatPercent(part.energy_share)),
  );
  return el("li", {}, setHue(link, k));
}

/** One bar, shared out as the energy is, and the way to every part. */
export function shares(app) {
  const { model } = app;
  const bar = el("div", { class: "bar", "aria-hidden": "true" });
  const list = el("ol", { class: "chips" });
  for (let k = 0; k < model.count; ++k) {
    const segment = setHue(el("span"), k);
    segment.style.flexGrow = String(Math.max(model.parts[k]?.energy_share ?? 0, 0));
    bar.append(segment);
    list.append(chip(app, k));
  }
  const order = kSortTexts[optionValue(model.summary, "sort")] ?? "";
  const lead = el("p", { class: "lead" }, `Each part\u2019s share of the energy. ${order}`);
  return section(
    "made-of",
    "What it is made of",
    el("div", { class: "panel" }, lead, bar, list),
    figures(model),
  );
}
