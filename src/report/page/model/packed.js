// Numbers as the model packs them.

export function decodeBase64(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; ++i) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * K rows of values from 16-bit codes: 0 is silence, 65535 the row's peak, the rest decibels
 * between.
 */
export function unpackRows(packed) {
  if (!packed || !packed.points) return [];
  const codes = decodeBase64(packed.codes);
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
export function unpackOutline(track) {
  const bytes = decodeBase64(track.outline ?? "");
  return Float32Array.from(
    new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    (v) => (v / 127) * track.peak,
  );
}
