// The pictures of a part: when it sounds and what it sounds like.

import { activationPicture, spectrumPicture, waveformPicture } from "../draw/part_pictures.js";
import { describeCanvas, figure, plot } from "../elements/elements.js";
import { timePlot } from "../elements/time_plot.js";
import { unpackOutline } from "../model/packed.js";
import { levelsOf } from "../spectra/levels.js";
import { outlinePairs, samplePairs } from "../spectra/waveform_pairs.js";
import { activationText, eventText, spectrumText } from "../text/activity_text.js";
import { formatPitch, noteOr } from "../text/notes.js";
import { capitalize } from "../text/sentences.js";
import { formatLevel, formatQuantity } from "../text/units.js";

const kMaxSampleSeconds = 20; // in sight, up to which the waveform is drawn from the samples themselves

/** Describes a part's picture; text(title) follows the part's name. */
function describePart({ names }, k, canvas, text) {
  const describe = () => describeCanvas(canvas, text(names.of(k)));
  names.onChange((changed) => {
    if (changed === k) describe();
  });
  describe();
}

/** The segments of [from, to) seconds of a track, as far as they are decoded: { i, buffer }. */
function segmentsInSight(sound, track, from, to) {
  const first = sound.segmentAt(Math.floor(from * sound.rate));
  const last = Math.min(sound.segmentCount - 1, sound.segmentAt(Math.ceil(to * sound.rate) - 1));
  const segments = [];
  for (let i = first; i <= last; ++i) segments.push({ i, buffer: sound.cached(track, i) });
  return segments;
}

const channelsOf = (buffer) =>
  Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c));

/**
 * The samples of the stretch in sight where they are decoded already, else the model's outline.
 * onLoaded() is called when samples have come that were missing.
 */
function waveformPairs({ sound, model }, k, onLoaded) {
  const outline = unpackOutline(model.partTracks[k]);
  const track = sound.partTracks[k];
  return (from, to, columns) => {
    if (track && to - from <= kMaxSampleSeconds) {
      const segments = segmentsInSight(sound, track, from, to);
      if (segments.length > 0 && segments.every(({ buffer }) => buffer)) {
        const pieces = segments.map(({ i, buffer }) => ({
          begin: i * sound.segmentSamples,
          channels: channelsOf(buffer),
        }));
        return samplePairs(pieces, from * sound.rate, to * sound.rate, columns);
      }
      Promise.all(segments.map(({ i }) => sound.load(track, i))).then(onLoaded, () => {});
    }
    return outlinePairs(outline, model.duration, from, to, columns);
  };
}

function waveform(app, k) {
  const { peak } = app.model.partTracks[k];
  const label = peak > 0 ? formatQuantity(Number(peak.toPrecision(2))) : "1";
  const pairs = waveformPairs(app, k, () => picture.invalidate());
  const picture = waveformPicture(pairs, peak ?? 0, label, app.timeline);
  const what = peak > 0 ? `its largest sample is ${formatLevel(peak)}` : "silent";
  describePart(app, k, picture.canvas, (title) => `Waveform of ${title}: ${what}.`);
  return picture;
}

export function overTimeFigure(app, k) {
  const { model, timeline } = app;
  const values = model.activations[k] ?? [];
  const events = model.events[k] ?? [];
  const marks = eventText(events);
  const text = activationText(values, model.timeOf) + (marks && ` Marks: ${marks}.`);
  const activation = activationPicture(values, model.timeOf, timeline, events);
  describePart(app, k, activation.canvas, (title) => `Activation of ${title}: ${text}`);
  const track = model.partTracks[k];
  const pictures = track ? [activation, waveform(app, k)] : [activation];
  timeline.onChange(() => {
    for (const picture of pictures) picture.invalidate();
  });
  const canvases = pictures.map((picture) => picture.canvas);
  const { host } = timePlot(app, canvases, { top: 8, bottom: track ? 20 : 2 });
  const title = track ? "When it sounds: activation and waveform" : "When it sounds";
  return figure(title, host, capitalize(text));
}

export function spectrumFigure(app, k) {
  const { model } = app;
  const part = model.parts[k] ?? {};
  const levels = levelsOf(model.spectra[k] ?? [], model.power);
  const text = spectrumText(levels, model.hzOf, part.peak_hz, part.note);
  const peak = {
    hz: part.peak_hz,
    label: formatPitch(part.peak_hz, noteOr(part.note, part.peak_hz)),
  };
  const { canvas } = spectrumPicture(levels, model.hzOf, model.range, peak);
  describePart(app, k, canvas, (title) => `Spectrum of ${title}: ${text}`);
  return figure("What it sounds like: spectrum", plot(canvas), capitalize(text));
}
