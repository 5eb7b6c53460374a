// Of rows of numbers.

export const isNumber = (x) => typeof x === "number" && Number.isFinite(x);

/** The largest value, at least 0. */
export const largestOf = (values) => values.reduce((largest, value) => Math.max(largest, value), 0);

/** Where the largest value stands; the first of several. */
export const argmax = (values) =>
  values.reduce((best, value, i) => (value > values[best] ? i : best), 0);

export const clamp = (x, low, high) => Math.min(Math.max(x, low), high);
