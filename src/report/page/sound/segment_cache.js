// Decoded segments, those used last, up to a number of bytes.

export class SegmentCache {
  #entries = new Map(); // key to { buffer, bytes }; the first was used longest ago

  constructor(maxBytes) {
    this.maxBytes = maxBytes;
    this.bytes = 0;
    this.peakBytes = 0;
  }

  get(key) {
    const entry = this.#entries.get(key);
    if (!entry) return null;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.buffer;
  }

  add(key, buffer) {
    if (this.#entries.has(key)) return;
    const bytes = buffer.length * buffer.numberOfChannels * Float32Array.BYTES_PER_ELEMENT;
    this.#entries.set(key, { buffer, bytes });
    this.bytes += bytes;
    this.peakBytes = Math.max(this.peakBytes, this.bytes);
    for (const [oldest, entry] of this.#entries) {
      if (this.bytes <= this.maxBytes || oldest === key) break;
      this.#entries.delete(oldest);
      this.bytes -= entry.bytes;
    }
  }
}
