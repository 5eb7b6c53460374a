// Decibels of templates.

import { largestOf } from "../model/values.js";

/** Template values as decibels below their largest; power: 2 where they are power. */
export function levelsOf(values, power) {
  const peak = largestOf(values);
  const factor = power === 2 ? 10 : 20;
  return Array.from(values, (v) => (v > 0 && peak > 0 ? factor * Math.log10(v / peak) : -Infinity));
}
