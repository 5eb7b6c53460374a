// From a segment in the model to an AudioBuffer of exactly its samples.

import { decodeBase64 } from "../model/packed.js";

// Of a step of 16 bits: more than rounding, less than what a sample of -34 dB is off.
const kMaxOffGrid = 0.02;

/**
 * Puts samples that were 16 bits back on their grid: some browsers divide positive ones by 32767.
 * Then they lie off the grid, all but the smallest and those near full scale.
 */
export function snapToGrid(samples) {
  const offGrid = (x) => Math.abs(x * 32768 - Math.round(x * 32768)) > kMaxOffGrid;
  const uneven = samples.some((x) => x > 0 && offGrid(x));
  for (let n = 0; n < samples.length; ++n) {
    const x = samples[n];
    samples[n] = Math.round(x * (uneven && x > 0 ? 32767 : 32768)) / 32768;
  }
}

/** audio: of the model; `lead` samples before the segment's own are cut away. */
export async function decodeSegment(base64, audio, { lead, count }) {
  // A context of the sound's own rate resamples nothing.
  const context = new OfflineAudioContext(audio.channels, 1, audio.rate);
  const decoded = await context.decodeAudioData(decodeBase64(base64).buffer);
  const scale = audio.scale ?? 1;
  if (audio.codec === "flac") {
    for (let c = 0; c < decoded.numberOfChannels; ++c) snapToGrid(decoded.getChannelData(c));
  }
  if (lead === 0 && scale === 1 && decoded.length === count) return decoded;
  const exact = context.createBuffer(audio.channels, count, audio.rate);
  for (let c = 0; c < audio.channels; ++c) {
    const to = exact.getChannelData(c);
    const from = decoded.getChannelData(Math.min(c, decoded.numberOfChannels - 1));
    to.set(from.subarray(lead, lead + count));
    if (scale !== 1) for (let n = 0; n < count; ++n) to[n] *= scale;
  }
  return exact;
}
