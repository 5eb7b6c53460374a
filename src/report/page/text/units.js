// Numbers with their units. What is not a number is a dash.

import { isNumber } from "../model/values.js";

const kUnknown = "\u2013";
const kMinus = "\u2212";
const kSuperscripts = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

const round = (x, digits) => String(Number(x.toPrecision(digits)));
const withMinusSign = (text) => text.replace("-", kMinus);

/** 3:07, or 3:07.50 with digits behind the seconds, cut and not rounded. */
export function formatClock(s, digits = 0) {
  const scale = 10 ** digits;
  const rest = (Math.floor((s % 60) * scale) / scale).toFixed(digits);
  return `${Math.floor(s / 60)}:${rest.padStart(digits > 0 ? 3 + digits : 2, "0")}`;
}

/** 1.52 s; 3:07 from a minute on. */
export function formatSeconds(s) {
  if (!isNumber(s)) return kUnknown;
  return s < 60 ? `${s < 10 ? s.toFixed(2) : s.toFixed(1)} s` : formatClock(s);
}

export function formatHertz(hz) {
  if (!isNumber(hz)) return kUnknown;
  if (hz < 1) return `${round(hz, 2)} Hz`;
  if (hz < 100) return `${hz.toFixed(1)} Hz`;
  return hz < 1000 ? `${Math.round(hz)} Hz` : `${round(hz / 1000, 3)} kHz`;
}

export function formatDecibels(db) {
  return isNumber(db) ? `${withMinusSign(db.toFixed(1))} dB` : kUnknown;
}

/** Decibels of a gain: with a plus above 0. */
export const formatGain = (db) => (db > 0 ? `+${formatDecibels(db)}` : formatDecibels(db));

/** A factor of full scale in decibels. */
export const formatLevel = (factor) => `${formatDecibels(20 * Math.log10(factor))}FS`;

export function formatPercent(share) {
  if (!isNumber(share)) return kUnknown;
  if (share > 0 && share < 0.001) return "< 0.1 %";
  return `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
}

const superscript = (exponent) =>
  [...String(exponent)].map((c) => kSuperscripts["0123456789".indexOf(c)] ?? "\u207b").join("");

/** A number as short as its size allows; exponents as 1.2 x 10^6. */
export function formatQuantity(x) {
  if (!isNumber(x)) return kUnknown;
  const size = Math.abs(x);
  if (x === 0 || (size >= 0.001 && size < 1e5)) return withMinusSign(round(x, 4));
  const [digits, exponent] = x.toExponential(2).split("e").map(Number);
  return `${withMinusSign(String(digits))}\u202f\u00d7\u202f10${superscript(exponent)}`;
}
