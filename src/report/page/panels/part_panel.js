// One part: what it sounds like, when, and its place in the mix.

import { slider, toggleButton } from "../elements/controls.js";
import { dot, el, factList, setHue } from "../elements/elements.js";
import { nameEditor, partName } from "../elements/part_name.js";
import { isNumber } from "../model/values.js";
import { fileLink, saveButton } from "./files.js";
import { overTimeFigure, spectrumFigure } from "./part_figures.js";
import { eventText } from "../text/activity_text.js";
import { formatPitch, noteOr } from "../text/notes.js";
import { formatDecibels, formatGain, formatPercent, formatSeconds } from "../text/units.js";

const kMinGainDb = -40;
const kMaxGainDb = 12;

/** Of a part of several components: how many, and how sure it is that they belong together. */
function memberFacts({ grouping }, k) {
  const group = grouping?.groups?.[k];
  if (!group) return [];
  const several = group.length > 1;
  return [
    ["Made of", several ? `${group.length} components` : "one component"],
    ["Confidence", several ? formatPercent(grouping.confidence?.[k]) : null],
  ];
}

function partFacts(model, part, k) {
  const hz = part.peak_hz;
  const events = model.events[k];
  return factList([
    ["Peak", isNumber(hz) ? formatPitch(hz, noteOr(part.note, hz)) : "\u2013"],
    ["Share of energy", formatPercent(part.energy_share)],
    ["First onset", formatSeconds(part.first_onset_s)],
    ["Onsets", events ? eventText(events) || "none" : null],
    ["Level", isNumber(part.level_db) ? `${formatDecibels(part.level_db)}FS RMS` : "silent"],
    ...memberFacts(model, k),
  ]);
}

function mixControls({ mixer }, k) {
  const solo = toggleButton("Solo", (on) => mixer.setPart(k, { solo: on }), {
    "aria-label": `Solo part ${k}`,
  });
  const mute = toggleButton("Mute", (on) => mixer.setPart(k, { mute: on }), {
    "aria-label": `Mute part ${k}`,
  });
  const range = { min: kMinGainDb, max: kMaxGainDb, step: 0.5, value: 0, text: formatGain };
  const gain = slider("Gain", `gain-${k}`, range, (db) => mixer.setPart(k, { db }));
  mixer.onChange(() => {
    const part = mixer.parts[k];
    solo.show(part.solo);
    mute.show(part.mute);
    gain.show(part.db);
    const silenced = mixer.listenTo === "mix" && !mixer.isAudible(k);
    document.getElementById(`part-${k}`)?.classList.toggle("unheard", silenced);
  });
  return el("div", { class: "mixing" }, el("div", { class: "pair" }, solo, mute), gain);
}

/** Shows the part's own spectrogram, or the recording's again. */
function spectrogramButton({ spectrogram }, k) {
  const toggle = toggleButton(
    "Spectrogram",
    (on) => {
      spectrogram.show(on ? k : "input");
      if (on) document.getElementById("sound").scrollIntoView();
    },
    { "aria-label": `Spectrogram of part ${k}` },
  );
  spectrogram.onChange(() => toggle.show(spectrogram.source === k));
  return toggle;
}

/** What can be done with the part's sound: in the page, or beside it. */
function soundControls(app, k) {
  const track = app.model.partTracks[k];
  const look = spectrogramButton(app, k);
  if (app.sound.partTracks[k]) {
    const fileName = `${app.model.parts[k]?.name ?? `part-${k}`}.wav`;
    const save = saveButton(app, k, fileName, `Save part ${k} as WAV`);
    return [mixControls(app, k), el("div", { class: "pair" }, look, save), fileLink(track)];
  }
  const player =
    app.linked && track?.file_name
      ? app.linked.add(track, `Play part ${k}`)
      : el("p", {}, "No sound in this page.");
  return [player, el("div", { class: "pair" }, look), fileLink(track)];
}

export function partPanel(app, k) {
  const { model, names } = app;
  const title = el("h3", { id: `part-${k}-title` }, dot(), partName(names, k));
  const side = el(
    "div",
    { class: "side" },
    el("div", { class: "naming-row" }, title, nameEditor(names, k)),
    partFacts(model, model.parts[k] ?? {}, k),
    ...soundControls(app, k),
  );
  const pictures = el("div", { class: "pictures" }, overTimeFigure(app, k), spectrumFigure(app, k));
  const attributes = {
    id: `part-${k}`,
    class: "part row panel",
    "aria-labelledby": `part-${k}-title`,
  };
  return setHue(el("article", attributes, side, pictures), k);
}
