// A part's spectrogram as the model has it, before any sound is decoded: the recording's picture times the
// part's mask (or W H itself, where the parts are the model's own sound).
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const kMostComponents = 64;  // beyond, the sum over all of them takes longer than decoding the part

  /** The largest of a row's values over [from, to) in points, or the one at its middle. */
  function pooled(values, from, to) {
    const first = Math.max(0, Math.ceil(from)), end = Math.min(values.length, Math.max(first + 1, Math.ceil(to)));
    if (first >= values.length) return values[values.length - 1] ?? 0;
    let largest = 0;
    for (let i = first; i < end; ++i) if (values[i] > largest) largest = values[i];
    return largest;
  }

  /** W by the picture's rows and H by its columns. */
  function pooledFactors(v) {
    const { width, height, hz_min: low, hz_max: high, duration_s: length } = v.picture;
    const hz = (row) => low * (high / low) ** (row / height);
    const time = (column) => (column / width) * length - v.frameSeconds / 2;
    return {
      w: v.spectra.map((s) => Float32Array.from({ length: height }, (_, r) => pooled(s, v.pointAtHz(hz(r)), v.pointAtHz(hz(r + 1))))),
      h: v.activations.map((a) => Float32Array.from({ length: width }, (_, c) => pooled(a, v.pointAtTime(time(c)), v.pointAtTime(time(c + 1))))),
    };
  }

  function makeEstimate(v) {
    if (v.spectra.length > kMostComponents || v.levels.length === 0) return () => null;
    const { width, height, db_min: floor, db_max: top, reference } = v.picture;
    const perDb = 255 / (top - floor), exponent = v.maskExponent;
    let factors = null, sums = null;
    const prepare = () => {
      factors = pooledFactors(v);
      sums = new Float32Array(width * height);
      if (!v.masks) return;
      factors.w.forEach((w, k) => {
        const h = factors.h[k];
        for (let r = 0; r < height; ++r) {
          for (let c = 0, at = r * width; c < width; ++c, ++at) sums[at] += exponent === 1 ? w[r] * h[c] : (w[r] * h[c]) ** exponent;
        }
      });
    };
    /** Levels of part k laid out as the model's pixels. */
    return (k) => {
      if (!factors) prepare();
      const w = factors.w[k], h = factors.h[k];
      const out = new Uint8Array(width * height);
      for (let r = 0; r < height; ++r) {
        for (let c = 0, at = r * width; c < width; ++c, ++at) {
          const own = w[r] * h[c];
          if (!(own > 0)) continue;
          let level;
          if (v.masks) {
            if (v.levels[at] === 0) continue;
            const mask = sums[at] > 0 ? (exponent === 1 ? own : own ** exponent) / sums[at] : 1 / v.spectra.length;
            level = v.levels[at] + 20 * Math.log10(mask) * perDb;
          } else {
            const magnitude = v.power === 2 ? Math.sqrt(own) : own;
            level = 255 + 20 * Math.log10(magnitude / reference) * perDb;
          }
          if (level > 0) out[at] = Math.min(255, Math.round(level));
        }
      }
      return out;
    };
  }

  pw.makeEstimate = makeEstimate;
})();
