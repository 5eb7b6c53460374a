// A part's spectrogram as the model has it, before any sound is decoded: the recording's picture
// times the part's mask (or W H itself, where the parts are the model's own sound).

const kMaxComponents = 64; // beyond, the sum over all of them takes longer than decoding the part

/** The largest of a row's values over [from, to) in points, or the one at its middle. */
function pooled(values, from, to) {
  const first = Math.max(0, Math.ceil(from));
  const end = Math.min(values.length, Math.max(first + 1, Math.ceil(to)));
  if (first >= values.length) return values[values.length - 1] ?? 0;
  let largest = 0;
  for (let i = first; i < end; ++i) if (values[i] > largest) largest = values[i];
  return largest;
}

/** W by the picture's rows and H by its columns. */
function pooledFactors(model) {
  const { width, height, hz_min: low, hz_max: high, duration_s: length } = model.picture;
  const bin = (row) => model.pointAtHz(low * (high / low) ** (row / height));
  const frame = (column) => model.pointAtTime((column / width) * length - model.frameSeconds / 2);
  const pool = (rows, count, pointOf) =>
    rows.map((row) =>
      Float32Array.from({ length: count }, (_, i) => pooled(row, pointOf(i), pointOf(i + 1))),
    );
  return { w: pool(model.spectra, height, bin), h: pool(model.activations, width, frame) };
}

/** The sum over all parts of (W H)^exponent: what masks divide by. */
function maskSums({ w, h }, exponent) {
  const height = w[0].length;
  const width = h[0].length;
  const sums = new Float32Array(width * height);
  w.forEach((template, k) => {
    const row = h[k];
    for (let r = 0, i = 0; r < height; ++r) {
      const weight = template[r];
      for (let c = 0; c < width; ++c, ++i) {
        sums[i] += exponent === 1 ? weight * row[c] : (weight * row[c]) ** exponent;
      }
    }
  });
  return sums;
}

/**
 * A function of k: the levels of part k, laid out as the picture's pixels, or null where there are
 * none.
 */
export function makeEstimate(model) {
  if (model.spectra.length > kMaxComponents || model.levels.length === 0) return () => null;
  const { width, height, db_min: floor, db_max: top, reference } = model.picture;
  const levelsPerDb = 255 / (top - floor);
  const exponent = model.maskExponent;
  let factors = null;
  let sums = null;
  const maskedLevel = (i, own) => {
    if (model.levels[i] === 0) return 0;
    const mask =
      sums[i] > 0 ? (exponent === 1 ? own : own ** exponent) / sums[i] : 1 / model.spectra.length;
    return model.levels[i] + 20 * Math.log10(mask) * levelsPerDb;
  };
  const ownLevel = (_, own) => {
    const magnitude = model.power === 2 ? Math.sqrt(own) : own;
    return 255 + 20 * Math.log10(magnitude / reference) * levelsPerDb;
  };
  return (k) => {
    factors ??= pooledFactors(model);
    if (model.masks) sums ??= maskSums(factors, exponent);
    const levelAt = model.masks ? maskedLevel : ownLevel;
    const out = new Uint8Array(width * height);
    const w = factors.w[k];
    const h = factors.h[k];
    for (let r = 0, i = 0; r < height; ++r) {
      for (let c = 0; c < width; ++c, ++i) {
        const own = w[r] * h[c];
        const level = own > 0 ? levelAt(i, own) : 0;
        if (level > 0) out[i] = Math.min(255, Math.round(level));
      }
    }
    return out;
  };
}
