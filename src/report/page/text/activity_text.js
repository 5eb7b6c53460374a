// When a part sounds and what its spectrum shows, in sentences.

import { argmax, isNumber } from "../model/values.js";
import { formatPitch, hertzOfPitch, nearestNote, noteOr } from "./notes.js";
import { joinList, plural } from "./sentences.js";
import { formatHertz, formatSeconds } from "./units.js";

/**
 * Where a row of gains rises from below an eighth to above a quarter of its maximum: the points.
 */
export function onsetPoints(values) {
  const peak = Math.max(0, ...values);
  const found = [];
  let armed = true;
  values.forEach((value, i) => {
    if (armed && peak > 0 && value >= peak / 4) {
      found.push(i);
      armed = false;
    }
    if (value < peak / 8) armed = true;
  });
  return found;
}

/** The points between which nine tenths of the squared gain lie. */
function activeRange(values) {
  let total = 0;
  for (const value of values) total += value * value;
  let sum = 0;
  let first = 0;
  let last = values.length - 1;
  for (let i = 0; i < values.length; ++i) {
    const before = sum;
    sum += values[i] * values[i];
    if (before <= 0.05 * total && sum > 0.05 * total) first = i;
    if (before < 0.95 * total && sum >= 0.95 * total) last = i;
  }
  return [first, last];
}

export function activationText(values, timeOf) {
  const gains = values.map((v) => v ?? 0);
  if (!gains.some((v) => v > 0)) return "never active.";
  const starts = onsetPoints(gains).map((i) => formatSeconds(Math.max(0, timeOf(i))));
  const [first, last] = activeRange(gains);
  const often = ["", "once", "twice"][starts.length] ?? `${starts.length} times`;
  return (
    `active mostly from ${formatSeconds(Math.max(0, timeOf(first)))} to ${formatSeconds(timeOf(last))}; ` +
    `starts ${often}: at ${joinList(starts)}; loudest at ${formatSeconds(timeOf(argmax(gains)))}.`
  );
}

/** The highest local maxima beside the highest of all, at most 30 dB below it, low to high. */
function secondaryPeaks(levels, max = 3) {
  const top = argmax(levels);
  const found = [];
  for (let i = 2; i < levels.length - 2; ++i) {
    const local =
      levels[i] > levels[i - 1] &&
      levels[i] >= levels[i + 1] &&
      levels[i] > levels[i - 2] &&
      levels[i] >= levels[i + 2];
    if (local && i !== top && levels[i] > -30) found.push(i);
  }
  return found
    .sort((a, b) => levels[b] - levels[a])
    .slice(0, max)
    .sort((a, b) => a - b);
}

export function spectrumText(levels, hzOf, peakHz, noteName) {
  if (!levels.some((level) => level > -Infinity)) return "is silent.";
  const hz = isNumber(peakHz) ? peakHz : hzOf(argmax(levels));
  const more = secondaryPeaks(levels).map((i) => formatHertz(hzOf(i)));
  return (
    `peaks at ${formatPitch(hz, noteOr(noteName, hz))}` +
    `${more.length ? `; further peaks at ${joinList(more)}` : ""}.`
  );
}

/** "14 hits", "5 notes: A3 and C4"; "" for none. */
export function eventText(events) {
  if (events.length === 0) return "";
  const pitches = new Set(
    events
      .map((event) => event.pitch)
      .filter(isNumber)
      .map(Math.round),
  );
  const notes = [...pitches].sort((a, b) => a - b).map((pitch) => nearestNote(hertzOfPitch(pitch)));
  const names = notes.filter(Boolean);
  const counted = plural(events.length, pitches.size > 0 ? "note" : "hit");
  return names.length > 0 ? `${counted}: ${joinList(names)}` : counted;
}
