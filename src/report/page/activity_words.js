// When a part sounds and what its spectrum shows, in sentences.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { isNumber, seconds, hertz, pitched, note, noteAt, list, argmax } = pw.words;

  /** Where a row of gains rises from below an eighth to above a quarter of its maximum: the points. */
  function onsets(values) {
    const peak = Math.max(0, ...values);
    const found = [];
    let armed = true;
    values.forEach((value, i) => {
      if (armed && peak > 0 && value >= peak / 4) { found.push(i); armed = false; }
      if (value < peak / 8) armed = true;
    });
    return found;
  }

  /** The points between which nine tenths of the squared gain lie. */
  function middle(values) {
    let total = 0;
    for (const value of values) total += value * value;
    let sum = 0, first = 0, last = values.length - 1;
    for (let i = 0; i < values.length; ++i) {
      const before = sum;
      sum += values[i] * values[i];
      if (before <= 0.05 * total && sum > 0.05 * total) first = i;
      if (before < 0.95 * total && sum >= 0.95 * total) last = i;
    }
    return [first, last];
  }

  function activationWords(values, timeOf) {
    const gains = values.map((v) => v ?? 0);
    if (!gains.some((v) => v > 0)) return "never active.";
    const starts = onsets(gains).map((i) => seconds(Math.max(0, timeOf(i))));
    const [first, last] = middle(gains);
    const often = ["", "once", "twice"][starts.length] ?? `${starts.length} times`;
    return `active mostly from ${seconds(Math.max(0, timeOf(first)))} to ${seconds(timeOf(last))}; ` +
      `sets in ${often}: at ${list(starts)}; loudest at ${seconds(timeOf(argmax(gains)))}.`;
  }

  /** The highest local maxima beside the highest of all, at most 30 dB below it, low to high. */
  function furtherPeaks(levels, most = 3) {
    const top = argmax(levels), found = [];
    for (let i = 2; i < levels.length - 2; ++i) {
      const local = levels[i] > levels[i - 1] && levels[i] >= levels[i + 1] &&
        levels[i] > levels[i - 2] && levels[i] >= levels[i + 2];
      if (local && i !== top && levels[i] > -30) found.push(i);
    }
    return found.sort((a, b) => levels[b] - levels[a]).slice(0, most).sort((a, b) => a - b);
  }

  function spectrumWords(levels, hzOf, peakHz, noteName) {
    if (!levels.some((level) => level > -Infinity)) return "is silent.";
    const hz = isNumber(peakHz) ? peakHz : hzOf(argmax(levels));
    const more = furtherPeaks(levels).map((i) => hertz(hzOf(i)));
    return `peaks at ${pitched(hz, note(noteName) || noteAt(hz))}` +
      `${more.length ? `; further peaks at ${list(more)}` : ""}.`;
  }

  /** What a whole spectrogram shows. */
  function pictureWords({ levels, width, height, hzOf, timeOf }, picture) {
    const near = 255 * (1 - 40 / (picture.db_max - picture.db_min));  // within 40 dB of the loudest
    let loudest = 0, low = height, high = -1;
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
    return `Loudest at ${seconds(timeOf((loudest % width) + 0.5))} near ${pitched(hz, noteAt(hz))}; ` +
      `sound within 40 dB of that reaches from ${hertz(hzOf(low))} to ${hertz(hzOf(high + 1))}.`;
  }

  /** "14 hits", "5 notes: A3 and C4"; "" for none. */
  function eventWords(marks) {
    if (marks.length === 0) return "";
    const pitches = [...new Set(marks.filter((mark) => isNumber(mark.pitch)).map((mark) => Math.round(mark.pitch)))].sort((a, b) => a - b);
    const kind = pitches.length > 0 ? "note" : "hit";
    const names = pitches.map((pitch) => noteAt(440 * 2 ** ((pitch - 69) / 12))).filter(Boolean);
    return `${marks.length} ${kind}${marks.length === 1 ? "" : "s"}${names.length ? `: ${list(names)}` : ""}`;
  }

  Object.assign(pw.words, { pictureWords, activationWords, spectrumWords, eventWords, onsets });
})();
