// Samples as a WAV file to keep.

const kPcm = 1;
const kFloat = 3;

/** The 44 (or 58) bytes before the samples; float has the longer one that the format asks for. */
export function waveHeader(channels, rate, samples, float) {
  const bytesEach = float ? 4 : 2;
  const data = samples * channels * bytesEach;
  const fmt = float ? 18 : 16;
  const fact = float ? 12 : 0;
  const view = new DataView(new ArrayBuffer(28 + fmt + fact));
  let at = 0;
  const tag = (text) => {
    for (const c of text) view.setUint8(at++, c.charCodeAt(0));
  };
  const u16 = (x) => {
    view.setUint16(at, x, true);
    at += 2;
  };
  const u32 = (x) => {
    view.setUint32(at, x, true);
    at += 4;
  };
  tag("RIFF");
  u32(view.byteLength - 8 + data);
  tag("WAVE");
  tag("fmt ");
  u32(fmt);
  u16(float ? kFloat : kPcm);
  u16(channels);
  u32(rate);
  u32(rate * channels * bytesEach);
  u16(channels * bytesEach);
  u16(8 * bytesEach);
  if (float) {
    u16(0);
    tag("fact");
    u32(4);
    u32(samples);
  }
  tag("data");
  u32(data);
  return view.buffer;
}

/**
 * Interleaved samples of channels: 16 bits (what comes from 16 bits goes back unchanged) or floats.
 */
export function interleave(channels, float) {
  const count = channels[0].length;
  const out = float
    ? new Float32Array(count * channels.length)
    : new Int16Array(count * channels.length);
  channels.forEach((channel, c) => {
    for (let n = 0; n < count; ++n) {
      out[n * channels.length + c] = float
        ? channel[n]
        : Math.min(32767, Math.max(-32768, Math.round(channel[n] * 32768)));
    }
  });
  return out;
}

/** source: what Sound.readSource takes. A Blob, made a stretch at a time. */
export async function makeWaveFile(sound, source) {
  const float = sound.audio.codec !== "flac" || (sound.audio.scale ?? 1) !== 1 || source === "mix";
  const pieces = [waveHeader(sound.channels, sound.rate, sound.samples, float)];
  for (let i = 0; i < sound.segmentCount; ++i) {
    pieces.push(
      interleave(
        await sound.readSource(source, i * sound.segmentSamples, sound.lengthOf(i)),
        float,
      ),
    );
  }
  return new Blob(pieces, { type: "audio/wav" });
}
