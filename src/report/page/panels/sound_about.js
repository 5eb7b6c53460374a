// What sound is in the page, and where the exact files are.

import { el } from "../elements/elements.js";
import { isNumber } from "../model/values.js";
import { fileLink } from "./files.js";
import { formatDecibels } from "../text/units.js";

const kCodecs = { flac: "FLAC", opus: "Opus", mp3: "MP3", wav: "WAV" };
const kTitles = {
  input: "The recording",
  mix: "The parts added up",
  residual: "What is left over",
};

function codecText({ codec, lossless }) {
  const name = `${kCodecs[codec] ?? codec}${codec === "flac" ? " of 16 bits" : ""}`;
  return (
    `Sound in this page: ${name}${lossless ? ", nothing lost by it" : ""}. ` +
    "Mix and residual are summed as they play; no level is changed but by you."
  );
}

function residualLevelText({ residual_db: db }, lossy) {
  const coded = lossy
    ? " What is heard as residual here is mostly what the coding of the sound changes."
    : "";
  return `The residual is ${formatDecibels(db)} relative to the recording.${coded}`;
}

export function soundAbout({ model, sound, linked }) {
  const { audio, summary } = model;
  const text = (className, words) => el("p", { class: className }, words);
  const host = el("div", { class: "about-sound" });
  if (audio.note) host.append(text("outside", audio.note));
  if (sound.playable) host.append(text("level", codecText(audio)));
  for (const [kind, title] of Object.entries(kTitles)) {
    const track = model.trackOf(kind);
    if (!track?.file_name) continue;
    const player = linked ? linked.add(track, `Play: ${title}`) : null;
    host.append(el("div", { class: "whole" }, el("h3", {}, title), player, fileLink(track)));
  }
  if (isNumber(summary.residual_db)) {
    host.append(text("level", residualLevelText(summary, sound.playable && !audio.lossless)));
  }
  return host;
}
