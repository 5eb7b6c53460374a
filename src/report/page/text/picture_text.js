// What a whole spectrogram shows, in sentences.

import { formatPitch } from "./notes.js";
import { formatHertz, formatSeconds } from "./units.js";

/** What a whole spectrogram shows. */
export function pictureText({ levels, width, height, hzOf, timeOf }, picture) {
  const near = 255 * (1 - 40 / (picture.db_max - picture.db_min)); // within 40 dB of the loudest
  let loudest = 0;
  let low = height;
  let high = -1;
  for (let i = 0; i < levels.length; ++i) if (levels[i] > levels[loudest]) loudest = i;
  if (!(levels[loudest] > 0)) return "Silence.";
  const least = levels[loudest] - (255 - near);
  for (let i = 0; i < levels.length; ++i) {
    if (levels[i] < least || levels[i] === 0) continue;
    const row = Math.floor(i / width);
    low = Math.min(low, row);
    high = Math.max(high, row);
  }
  const hz = hzOf(Math.floor(loudest / width) + 0.5);
  return (
    `Loudest at ${formatSeconds(timeOf((loudest % width) + 0.5))} near ${formatPitch(hz)}; ` +
    `sound within 40 dB of that reaches from ${formatHertz(hzOf(low))} to ${formatHertz(hzOf(high + 1))}.`
  );
}
