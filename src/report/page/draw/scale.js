// From values to places and back.

import { clamp } from "../model/values.js";

/** A map from values to places, linear or logarithmic; invert() goes back. */
export function makeScale(from, to, low, high, logarithmic = false) {
  const f = logarithmic ? Math.log : (x) => x;
  const a = f(from);
  const b = f(to);
  const place = (x) => low + ((f(x) - a) / (b - a)) * (high - low);
  place.invert = (at) => {
    const y = a + ((at - low) / (high - low)) * (b - a);
    return logarithmic ? Math.exp(y) : y;
  };
  return place;
}

const kMinRatio = 1.25; // of the range's upper edge to its lower: about a major third

/** The range `factor` times as wide, within `full`, with the frequency `at` staying where it is. */
export function zoomRange(range, full, { factor, at, logarithmic }) {
  const forward = logarithmic ? Math.log : (x) => x;
  const back = logarithmic ? Math.exp : (x) => x;
  const [low, high, least, most] = [range.low, range.high, full.low, full.high].map(forward);
  const middle = at === undefined ? (low + high) / 2 : forward(at);
  const narrowest = logarithmic ? Math.log(kMinRatio) : (most - least) / 100;
  const span = clamp((high - low) * factor, Math.min(narrowest, most - least), most - least);
  if (span === most - least) return { ...full };
  const begin = Math.min(
    Math.max(least, middle - ((middle - low) / (high - low)) * span),
    most - span,
  );
  return { low: back(begin), high: back(begin + span) };
}
