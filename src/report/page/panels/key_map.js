// What keys do: { key: as the browser names it, label: as it is written, text, action }.

import { clamp } from "../model/values.js";
import { setLoop } from "./transport_bar.js";

const kMaxPartKeys = 9;

const entry = (key, label, text, action) => ({ key, label, text, action });

function transportKeys({ transport, timeline, model }) {
  const step = () => clamp(timeline.span / 20, 0.1, 5);
  const seekBy = (seconds) =>
    transport.seek(clamp(transport.position + seconds, 0, model.duration));
  return [
    entry(" ", "Space", "Play or pause", () => transport.toggle()),
    entry("ArrowLeft", "\u2190", "Back", () => seekBy(-step())),
    entry("ArrowRight", "\u2192", "Forward", () => seekBy(step())),
    entry("Home", "Home", "To the beginning", () => transport.seek(0)),
  ];
}

function loopKeys(app) {
  const { transport, timeline, model } = app;
  const selection = () => timeline.selection ?? { from: 0, to: model.duration };
  return [
    entry("[", "[", "The loop begins here", () => {
      timeline.select(transport.position, Math.max(selection().to, transport.position));
    }),
    entry("]", "]", "The loop ends here", () => {
      timeline.select(Math.min(selection().from, transport.position), transport.position);
    }),
    entry("l", "L", "Loop on or off", () => setLoop(app, !transport.loop)),
    entry("Escape", "Esc", "Clear selection", () => {
      transport.setLoop(null);
      timeline.clearSelection();
    }),
  ];
}

function zoomKeys({ transport, timeline, spectrogram }) {
  return [
    entry("+", "+", "Zoom in", () => timeline.zoom(0.5, transport.position)),
    entry("-", "\u2212", "Zoom out", () => timeline.zoom(2, transport.position)),
    entry("0", "0", "Show all", () => {
      timeline.showAll();
      spectrogram.showAllFrequencies();
    }),
  ];
}

/** Keys of the mixer; those of parts have one line together. */
function mixerKeys({ mixer, model }) {
  const keys = [
    entry("m", "M", "Listen to the mix", () => mixer.listen("mix")),
    entry("i", "I", "Listen to the recording", () => mixer.listen("input")),
    entry("r", "R", "Listen to the residual", () => mixer.listen("residual")),
  ];
  const parts = Math.min(kMaxPartKeys, model.count);
  for (let k = 0; k < parts; ++k) {
    keys.push(
      entry(String(k + 1), null, "", () => mixer.setPart(k, { solo: !mixer.parts[k].solo })),
    );
  }
  const label = parts > 1 ? `1 \u2013 ${parts}` : "1";
  if (parts > 0) keys.push(entry(null, label, "Solo on or off: the first part is 1", null));
  return keys;
}

export function keyMap(app) {
  const mixed = app.mixer !== null;
  return [
    ...transportKeys(app),
    ...(mixed ? loopKeys(app) : []),
    ...zoomKeys(app),
    ...(mixed ? mixerKeys(app) : []),
  ];
}

/** The action of a pressed key, or undefined. */
export function actionOf(map, pressed) {
  const key = pressed.length === 1 ? pressed.toLowerCase() : pressed;
  return map.find((one) => one.action && (one.key === key || (one.key === "+" && key === "=")))
    ?.action;
}
