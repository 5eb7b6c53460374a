// Rows of a picture from bins of a spectrum.

/**
 * Where each of `height` rows over [low, high] Hz reads from; row 0 is the lowest. See picture.cpp.
 */
export function pictureRows(low, high, height, logarithmic, binHz, bins) {
  const edge = (row) =>
    (logarithmic ? low * (high / low) ** (row / height) : low + ((high - low) * row) / height) /
    binHz;
  return Array.from({ length: height }, (_, r) => {
    const from = edge(r);
    const to = edge(r + 1);
    if (to - from >= 1) {
      const first = Math.min(Math.ceil(from), bins - 1);
      return { first, last: Math.min(Math.max(Math.ceil(to) - 1, first), bins - 1), share: -1 };
    }
    const within = Math.ceil(from) < to ? Math.ceil(from) : edge(r + 0.5);
    const at = Math.min(Math.max(within, 0), bins - 1);
    const first = Math.floor(at);
    return { first, last: Math.min(first + 1, bins - 1), share: at - first };
  });
}

/** Decibels re `reference` as 0..255 over `depth` dB, one value per row. */
export function columnLevels(magnitudes, rows, reference, depth, out) {
  const level = (m) => (m > 0 ? 255 * (1 + (20 * Math.log10(m / reference)) / depth) : 0);
  rows.forEach((row, r) => {
    let value;
    if (row.share >= 0) {
      const a = Math.max(0, level(magnitudes[row.first]));
      const b = Math.max(0, level(magnitudes[row.last]));
      value = a + row.share * (b - a);
    } else {
      let loudest = 0;
      for (let f = row.first; f <= row.last; ++f)
        if (magnitudes[f] > loudest) loudest = magnitudes[f];
      value = level(loudest);
    }
    out[r] = Math.min(255, Math.max(0, Math.round(value)));
  });
  return out;
}
