// The model as it stands in the page, and what the page needs from it, worked out once.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words } = pw;
  const kSchemaVersion = 2;

  function bytesOf(base64) {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < bytes.length; ++i) bytes[i] = binary.charCodeAt(i);
    return bytes;
  }

  /** K rows of values from 16-bit codes: 0 is silence, 65535 the row's peak, the rest decibels between. */
  function rowsOf(packed) {
    if (!packed || !packed.points) return [];
    const codes = bytesOf(packed.codes);
    return packed.peaks.map((peak, k) => {
      const row = new Float32Array(packed.points);
      for (let i = 0; i < row.length; ++i) {
        const at = 2 * (k * packed.points + i);
        const code = codes[at] | (codes[at + 1] << 8);
        row[i] = code === 0 ? 0 : peak * 10 ** (((code / 65535 - 1) * packed.depth_db) / 20);
      }
      return row;
    });
  }

  /** Lowest and highest sample of equal shares of a track: Float32 pairs. */
  function outlineOf(track) {
    const bytes = bytesOf(track.outline ?? "");
    return Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length), (v) => (v / 127) * track.peak);
  }

  /** Missing fields stay missing. */
  function view(model) {
    const summary = model.summary ?? {}, factors = model.factors ?? {}, audio = model.audio ?? {};
    const picture = model.pictures?.spectrogram ?? { width: 0, height: 0 };
    const analysed = summary.analysed ?? {};
    const spectra = rowsOf(factors.spectra), activations = rowsOf(factors.activations);
    const tracks = audio.tracks ?? [];
    const byBins = factors.bins_per_point ?? 1, byFrames = factors.frames_per_point ?? 1;
    const frameSeconds = factors.frame_seconds || 0;
    const members = model.components ?? {};
    const memberBins = members.bins_per_point ?? 1, memberFrames = members.frames_per_point ?? 1;
    const length = analysed.samples / analysed.rate;
    return {
      summary, picture, tracks, spectra, activations, frameSeconds, audio,
      events: (model.events ?? []).map((part) => part.map(([from, to, strength, pitch]) => ({ from, to, strength, pitch }))),
      command: model.command ?? null,
      partTracks: tracks.filter((track) => track.kind === "part"),
      trackOf: (kind) => tracks.find((track) => track.kind === kind) ?? null,
      count: Math.max(spectra.length, summary.parts?.length ?? 0),
      parts: summary.parts ?? [],
      grouping: summary.grouping ?? null,
      components: {
        spectra: rowsOf(members.spectra), activations: rowsOf(members.activations),
        hzOf: (i) => (i * memberBins + (memberBins - 1) / 2) * (factors.bin_hz || 1),
        timeOf: (i) => (i * memberFrames + (memberFrames - 1) / 2) * frameSeconds,
      },
      objective: factors.objective ?? { values: [] },
      levels: bytesOf(picture.pixels ?? ""),
      binHz: factors.bin_hz || 0,
      duration: length > 0 ? length : Math.max((factors.frames ?? 0) * frameSeconds, 0.001),
      hzOf: (i) => (i * byBins + (byBins - 1) / 2) * (factors.bin_hz || 1),
      timeOf: (i) => (i * byFrames + (byFrames - 1) / 2) * frameSeconds,
      pointAtHz: (hz) => hz / (factors.bin_hz || 1) / byBins,
      pointAtTime: (t) => t / (frameSeconds || 1) / byFrames,
      range: {
        low: picture.hz_min || Math.max(32.7, factors.bin_hz || 0),
        high: picture.hz_max > picture.hz_min ? picture.hz_max : Math.max(40, (factors.bins ?? 2) * (factors.bin_hz || 1)),
      },
      power: words.option(summary, "power") === 2 ? 2 : 1,
      masks: words.option(summary, "resynthesis") !== "factors",
      maskExponent: words.option(summary, "mask-exponent") || 1,
    };
  }

  /** A name for this run that depends on what was found, not on when: FNV-1a of the summary without its times. */
  function runKey(summary) {
    const { seconds: _, ...rest } = summary ?? {};
    let hash = 0x811c9dc5;
    for (const c of JSON.stringify(rest)) hash = Math.imul(hash ^ c.codePointAt(0), 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, "0");
  }

  pw.model = { kSchemaVersion, bytesOf, rowsOf, outlineOf, view, runKey };
})();
