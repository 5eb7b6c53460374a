// The model as it stands in the page, and what the page needs from it, worked out once.

import { decodeBase64, unpackRows } from "./packed.js";
import { optionValue } from "./summary.js";

export const kSchemaVersion = 2;

/** Rows of W and H, and the frequency and the time that a point of them stands for. */
function readRows(packed, binHz, frameSeconds) {
  const bins = packed.bins_per_point ?? 1;
  const frames = packed.frames_per_point ?? 1;
  return {
    spectra: unpackRows(packed.spectra),
    activations: unpackRows(packed.activations),
    hzOf: (i) => (i * bins + (bins - 1) / 2) * (binHz || 1),
    timeOf: (i) => (i * frames + (frames - 1) / 2) * frameSeconds,
    pointAtHz: (hz) => hz / (binHz || 1) / bins,
    pointAtTime: (t) => t / (frameSeconds || 1) / frames,
  };
}

const readEvents = (events) =>
  events.map((part) => part.map(([from, to, strength, pitch]) => ({ from, to, strength, pitch })));

/** The lowest and highest frequency to show. */
function frequencyRange(picture, factors) {
  const binHz = factors.bin_hz || 0;
  return {
    low: picture.hz_min || Math.max(32.7, binHz),
    high:
      picture.hz_max > picture.hz_min
        ? picture.hz_max
        : Math.max(40, (factors.bins ?? 2) * (binHz || 1)),
  };
}

/** Missing fields stay missing. */
export function readModel(json) {
  const summary = json.summary ?? {};
  const factors = json.factors ?? {};
  const audio = json.audio ?? {};
  const picture = json.pictures?.spectrogram ?? { width: 0, height: 0 };
  const analysed = summary.analysed ?? {};
  const tracks = audio.tracks ?? [];
  const binHz = factors.bin_hz || 0;
  const frameSeconds = factors.frame_seconds || 0;
  const rows = readRows(factors, binHz, frameSeconds);
  const length = analysed.samples / analysed.rate;
  return {
    ...rows,
    summary,
    picture,
    audio,
    tracks,
    binHz,
    frameSeconds,
    components: readRows(json.components ?? {}, binHz, frameSeconds),
    events: readEvents(json.events ?? []),
    command: json.command ?? null,
    partTracks: tracks.filter((track) => track.kind === "part"),
    trackOf: (kind) => tracks.find((track) => track.kind === kind) ?? null,
    count: Math.max(rows.spectra.length, summary.parts?.length ?? 0),
    parts: summary.parts ?? [],
    grouping: summary.grouping ?? null,
    objective: factors.objective ?? { values: [] },
    levels: decodeBase64(picture.pixels ?? ""),
    duration: length > 0 ? length : Math.max((factors.frames ?? 0) * frameSeconds, 0.001),
    range: frequencyRange(picture, factors),
    power: optionValue(summary, "power") === 2 ? 2 : 1,
    masks: optionValue(summary, "resynthesis") !== "factors",
    maskExponent: optionValue(summary, "mask-exponent") || 1,
  };
}
