// The lowest and highest sample under each column of a waveform: Float32 pairs.

import { clamp } from "../model/values.js";

/** pairs of [low, high] for each column c from rangeOf(c). */
function makePairs(columns, rangeOf) {
  const pairs = new Float32Array(2 * columns);
  for (let c = 0; c < columns; ++c) pairs.set(rangeOf(c), 2 * c);
  return pairs;
}

/**
 * Pairs over [from, to] seconds from an outline of the whole recording; null where that is empty.
 */
export function outlinePairs(outline, duration, from, to, columns) {
  const points = outline.length / 2;
  if (points === 0) return null;
  const pointAt = (c) => ((from + ((to - from) * c) / columns) / duration) * points;
  return makePairs(columns, (c) => {
    const first = clamp(Math.floor(pointAt(c)), 0, points - 1);
    const end = Math.min(points, Math.max(first + 1, Math.ceil(pointAt(c + 1))));
    let low = Infinity;
    let high = -Infinity;
    for (let i = first; i < end; ++i) {
      low = Math.min(low, outline[2 * i]);
      high = Math.max(high, outline[2 * i + 1]);
    }
    return [low, high];
  });
}

/** The lowest and highest of samples [from, to), where pieces have some; null where none has. */
function rangeOfSamples(pieces, from, to) {
  let low = Infinity;
  let high = -Infinity;
  for (const { begin, channels } of pieces) {
    for (const channel of channels) {
      const end = Math.min(channel.length, to - begin);
      for (let n = Math.max(0, from - begin); n < end; ++n) {
        if (channel[n] < low) low = channel[n];
        if (channel[n] > high) high = channel[n];
      }
    }
  }
  return low <= high ? [low, high] : [0, 0];
}

/**
 * Pairs over samples [from, to) (fractions allowed) from pieces { begin, channels } of the sound. A
 * column also sees the sample after its own, so that the line has no gaps.
 */
export function samplePairs(pieces, from, to, columns) {
  const step = (to - from) / columns;
  return makePairs(columns, (c) => {
    const first = Math.floor(from + c * step);
    return rangeOfSamples(
      pieces,
      first,
      Math.max(first + 1, Math.floor(from + (c + 1) * step)) + 1,
    );
  });
}
