// What tests of several modules need.
import assert from "node:assert/strict";

export function near(a, b, within) {
  assert.ok(Math.abs(a - b) <= within, `${a}, expected ${b} to ${within}`);
}

/** As the model packs numbers: base64 of a typed array's bytes. */
export const base64 = (array) =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64");

/** What an AudioBuffer is to the page. */
export class StubBuffer {
  constructor(...channels) {
    this.channels = channels;
    this.numberOfChannels = channels.length;
    this.length = channels[0].length;
    this.sampleRate = 10;
  }
  getChannelData(c) {
    return this.channels[c];
  }
}

/** The model's audio: a recording and two parts, 25 samples of 10 Hz in segments of 10. */
export function stubAudio() {
  const track = (kind) => ({ kind, segments: ["", "", ""] });
  return {
    codec: "flac",
    tracks: [track("input"), track("part"), track("part")],
    rate: 10,
    samples: 25,
    channels: 1,
    segment_samples: 10,
    lead_samples: 0,
  };
}

/** Gives a Sound a decoder that makes sample n of track t 1000 t + n. */
export function stubDecoder(sound) {
  sound.decode = async (track, i) => {
    const first = 1000 * sound.tracks.indexOf(track) + i * sound.segmentSamples;
    return new StubBuffer(Float32Array.from({ length: sound.lengthOf(i) }, (_, n) => first + n));
  };
  return sound;
}
