// Spectra of sound: a transform, and rows of a picture from its bins.
(() => {
  "use strict";
  const pw = globalThis.partwise;

  /** In-place complex transform of a power of two of values. */
  function makeTransform(size) {
    const bits = Math.log2(size);
    const reversed = new Uint32Array(size), cosine = new Float64Array(size / 2), sine = new Float64Array(size / 2);
    for (let i = 0; i < size; ++i) reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) << (bits - 1));
    for (let i = 0; i < size / 2; ++i) {
      cosine[i] = Math.cos((2 * Math.PI * i) / size);
      sine[i] = -Math.sin((2 * Math.PI * i) / size);
    }
    return (re, im) => {
      for (let i = 0; i < size; ++i) {
        const j = reversed[i];
        if (j <= i) continue;
        const a = re[i], b = im[i];
        re[i] = re[j]; im[i] = im[j];
        re[j] = a; im[j] = b;
      }
      for (let half = 1; half < size; half *= 2) {
        const step = size / (2 * half);
        for (let k = 0; k < half; ++k) {
          const c = cosine[k * step], s = sine[k * step];
          for (let i = k; i < size; i += 2 * half) {
            const j = i + half;
            const a = re[j] * c - im[j] * s, b = re[j] * s + im[j] * c;
            re[j] = re[i] - a; im[j] = im[i] - b;
            re[i] += a; im[i] += b;
          }
        }
      }
    };
  }

  /**
   * Magnitudes sqrt(mean over channels of |X|^2) of frames as long as `frame` samples (Hann), which may be
   * any number: the frame is laid into the next power of two. `analysed` is what the model's n_fft was, so
   * that levels are the model's.
   */
  function makeAnalyser(frame, analysed) {
    const size = 2 ** Math.ceil(Math.log2(frame));
    const transform = makeTransform(size);
    const window = Float64Array.from({ length: frame }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / frame));
    const re = new Float64Array(size), im = new Float64Array(size);
    const out = new Float32Array(size / 2 + 1);
    const gain = analysed / frame;
    return {
      frame, size, bins: size / 2 + 1,
      /** channels: one or two arrays; the frame begins at sample `from` of them, zeros beyond their ends. */
      magnitudes(channels, from) {
        re.fill(0);
        im.fill(0);
        const left = channels[0], right = channels.length > 1 ? channels[1] : null;
        const begin = Math.max(0, -from), end = Math.min(frame, left.length - from);
        for (let i = begin; i < end; ++i) {
          re[i] = left[from + i] * window[i];
          if (right) im[i] = right[from + i] * window[i];
        }
        transform(re, im);
        for (let f = 0; f <= size / 2; ++f) {
          const g = (size - f) % size;
          // Of a complex sum of two real signals: the mean of both ends is the sum of both powers over two.
          const both = (re[f] * re[f] + im[f] * im[f] + re[g] * re[g] + im[g] * im[g]) / 2;
          out[f] = gain * Math.sqrt(right ? both / 2 : both);
        }
        return out;
      },
    };
  }

  /** Where each of `height` rows over [low, high] Hz reads from; row 0 is the lowest. See picture.cpp. */
  function pictureRows(low, high, height, logarithmic, binHz, bins) {
    const edge = (row) => (logarithmic ? low * (high / low) ** (row / height) : low + ((high - low) * row) / height) / binHz;
    return Array.from({ length: height }, (_, r) => {
      const from = edge(r), to = edge(r + 1);
      if (to - from >= 1) {
        const first = Math.min(Math.ceil(from), bins - 1);
        return { first, last: Math.min(Math.max(Math.ceil(to) - 1, first), bins - 1), share: -1 };
      }
      const within = Math.ceil(from) < to ? Math.ceil(from) : edge(r + 0.5);
      const at = Math.min(Math.max(within, 0), bins - 1), first = Math.floor(at);
      return { first, last: Math.min(first + 1, bins - 1), share: at - first };
    });
  }

  /** Decibels re `reference` as 0..255 over `depth` dB, one value per row. */
  function columnLevels(magnitudes, rows, reference, depth, out) {
    const level = (m) => m > 0 ? 255 * (1 + (20 * Math.log10(m / reference)) / depth) : 0;
    rows.forEach((row, r) => {
      let value;
      if (row.share >= 0) {
        const a = Math.max(0, level(magnitudes[row.first])), b = Math.max(0, level(magnitudes[row.last]));
        value = a + row.share * (b - a);
      } else {
        let loudest = 0;
        for (let f = row.first; f <= row.last; ++f) if (magnitudes[f] > loudest) loudest = magnitudes[f];
        value = level(loudest);
      }
      out[r] = Math.min(255, Math.max(0, Math.round(value)));
    });
    return out;
  }

  pw.fourier = { makeTransform, makeAnalyser, pictureRows, columnLevels };
})();
