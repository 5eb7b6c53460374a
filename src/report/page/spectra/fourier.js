// Spectra of sound.

/** In-place complex transform of a power of two of values. */
export function makeTransform(size) {
  const bits = Math.log2(size);
  const reversed = new Uint32Array(size);
  const cosine = new Float64Array(size / 2);
  const sine = new Float64Array(size / 2);
  for (let i = 0; i < size; ++i) reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
  for (let i = 0; i < size / 2; ++i) {
    cosine[i] = Math.cos((2 * Math.PI * i) / size);
    sine[i] = -Math.sin((2 * Math.PI * i) / size);
  }
  return (re, im) => {
    for (let i = 0; i < size; ++i) {
      const j = reversed[i];
      if (j <= i) continue;
      const a = re[i];
      const b = im[i];
      re[i] = re[j];
      im[i] = im[j];
      re[j] = a;
      im[j] = b;
    }
    for (let half = 1; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let k = 0; k < half; ++k) {
        const c = cosine[k * step];
        const s = sine[k * step];
        for (let i = k; i < size; i += 2 * half) {
          const j = i + half;
          const a = re[j] * c - im[j] * s;
          const b = re[j] * s + im[j] * c;
          re[j] = re[i] - a;
          im[j] = im[i] - b;
          re[i] += a;
          im[i] += b;
        }
      }
    }
  };
}

/**
 * Magnitudes sqrt(mean over channels of |X|^2) of frames as long as `frame` samples (Hann), which
 * may be any number: the frame is laid into the next power of two. `analysed` is what the model's
 * n_fft was, so that levels are the model's.
 */
export function makeAnalyser(frame, analysed) {
  const size = 2 ** Math.ceil(Math.log2(frame));
  const transform = makeTransform(size);
  const window = Float64Array.from(
    { length: frame },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame),
  );
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  const out = new Float32Array(size / 2 + 1);
  const gain = analysed / frame;
  return {
    frame,
    size,
    bins: size / 2 + 1,
    /**
     * channels: one or two arrays; the frame begins at sample `from` of them, zeros beyond their
     * ends.
     */
    magnitudes(channels, from) {
      re.fill(0);
      im.fill(0);
      const left = channels[0];
      const right = channels.length > 1 ? channels[1] : null;
      const begin = Math.max(0, -from);
      const end = Math.min(frame, left.length - from);
      for (let i = begin; i < end; ++i) {
        re[i] = left[from + i] * window[i];
        if (right) im[i] = right[from + i] * window[i];
      }
      transform(re, im);
      for (let f = 0; f <= size / 2; ++f) {
        const g = (size - f) % size;
        // Of a complex sum of two real signals: the mean of both ends is the sum of both powers
        // over two.
        const both = (re[f] * re[f] + im[f] * im[f] + re[g] * re[g] + im[g] * im[g]) / 2;
        out[f] = gain * Math.sqrt(right ? both / 2 : both);
      }
      return out;
    },
  };
}
