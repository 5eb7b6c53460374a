// Where the ticks of an axis are, and their labels: arrays of { at, label }.

import { hertzOfPitch } from "../text/notes.js";
import { formatClock, formatQuantity } from "../text/units.js";

// prettier-ignore
const kTimeSteps = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30,
  60, 120, 300, 600, 1800, 3600, 7200, 21600];
const kTimeLabelWidth = 62; // pixels, with the air around it

const hzLabel = (hz) =>
  hz < 1000 ? String(Number(hz.toPrecision(6))) : `${Number((hz / 1000).toPrecision(6))}k`;

/** digits times powers of ten within [low, high]. */
function decadeValues(low, high, digits) {
  const values = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); ++e) {
    values.push(...digits.map((d) => d * 10 ** e).filter((value) => value >= low && value <= high));
  }
  return values;
}

/** 1, 2, 5 of each decade; where fewer than three are in sight, or on a linear axis, even steps. */
export function hzTicks(low, high, logarithmic = true, max = 8) {
  const tickAt = (hz) => ({ at: hz, label: hzLabel(hz) });
  const decades = logarithmic ? decadeValues(low, high, [1, 2, 5]) : [];
  if (decades.length >= 3) return decades.map(tickAt);
  const rough = (high - low) / max;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((d) => d * power >= rough) * power;
  const ticks = [];
  for (let i = Math.ceil(low / step); i * step <= high; ++i) ticks.push(tickAt(i * step));
  return ticks;
}

/** C1, C2, ... */
export function octaveTicks(low, high) {
  const ticks = [];
  for (let octave = 0; octave < 12; ++octave) {
    const hz = hertzOfPitch(12 * (octave + 1));
    if (hz >= low * 0.999 && hz <= high) ticks.push({ at: hz, label: `C${octave}` });
  }
  return ticks;
}

export function timeTicks(from, to, width) {
  const most = Math.max(2, width / kTimeLabelWidth);
  const step = kTimeSteps.find((s) => (to - from) / s <= most) ?? kTimeSteps[kTimeSteps.length - 1];
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const label = (t) => {
    if (to < 60) return t.toFixed(digits);
    if (digits === 0) return formatClock(t);
    return `${Math.floor(t / 60)}:${(t % 60).toFixed(digits).padStart(3 + digits, "0")}`;
  };
  const ticks = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to * 1.0001; ++i) {
    ticks.push({ at: i * step, label: label(i * step) });
  }
  return ticks;
}

/** What the labels of timeTicks count. */
export const timeUnit = (to) => (to >= 60 ? "min" : "s");

/** Powers of ten, with 2 and 5 where they are few. */
export function logTicks(low, high) {
  const decades = Math.log10(high / low);
  const few = decades > 0.7 ? [1, 2, 5] : [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
  return decadeValues(low, high, decades > 3 ? [1] : few).map((at) => ({
    at,
    label: formatQuantity(at),
  }));
}

/** About four even steps from 0 to the last iteration. */
export function iterationTicks(last) {
  const step = 10 ** Math.floor(Math.log10(Math.max(last, 1)));
  const every = last / step > 4 ? step * 2 : last / step >= 2 ? step : Math.max(1, step / 5);
  const ticks = [];
  for (let i = 0; i <= last; i += every) ticks.push({ at: i, label: String(i) });
  return ticks;
}
