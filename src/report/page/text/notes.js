// Notes of the equal-tempered scale, A4 = 440 Hz.

import { isNumber } from "../model/values.js";
import { formatHertz } from "./units.js";

const kNotes = [
  "C",
  "C\u266f",
  "D",
  "D\u266f",
  "E",
  "F",
  "F\u266f",
  "G",
  "G\u266f",
  "A",
  "A\u266f",
  "B",
];

/** The frequency of a MIDI number. */
export const hertzOfPitch = (pitch) => 440 * 2 ** ((pitch - 69) / 12);

/** The note nearest to hz, "" where there is none. */
export function nearestNote(hz) {
  if (!(hz >= 8 && hz <= 20000)) return "";
  const key = Math.round(69 + 12 * Math.log2(hz / 440));
  return kNotes[key % 12] + String(Math.floor(key / 12) - 1);
}

/** The note of the summary, written with a sharp sign, or else the nearest one to hz. */
export const noteOr = (name, hz) =>
  (typeof name === "string" ? name.replace("#", "\u266f") : "") || nearestNote(hz);

/** "440 Hz (A4)". */
export const formatPitch = (hz, note = nearestNote(hz)) =>
  isNumber(hz) ? formatHertz(hz) + (note ? ` (${note})` : "") : "no frequency";
