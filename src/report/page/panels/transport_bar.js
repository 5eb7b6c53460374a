// Play, position, loop, and which of recording, mix and residual is heard.

import { button, radioGroup, slider, toggleButton } from "../elements/controls.js";
import { el } from "../elements/elements.js";
import { positionSlider } from "./position_slider.js";
import { formatClock, formatGain, formatLevel, formatSeconds } from "../text/units.js";

const kMeterIntervalMs = 100; // quicker cannot be read
const kMaxResidualDb = 80;
const kListenOptions = [
  ["mix", "Mix"],
  ["input", "Recording"],
  ["residual", "Residual"],
];

const wholeOf = (model) => ({ from: 0, to: model.duration });

/** Loops the selected stretch, or everything where nothing is selected. */
export function setLoop({ timeline, transport, model }, on) {
  transport.setLoop(on ? (timeline.selection ?? wholeOf(model)) : null);
}

function meterText({ rms, peak }) {
  if (!(rms > 1e-6)) return "";
  return peak >= 1 ? `${formatLevel(rms)}, clips` : formatLevel(rms);
}

/** Play, time, position, loop: elements that follow the transport. */
function playControls(app) {
  const { model, transport, sound } = app;
  const play = button("Play", () => transport.toggle(), { class: "play" });
  const time = el("span", { class: "time", "aria-hidden": "true" });
  const position = positionSlider(app);
  const loop = toggleButton("Loop", (on) => setLoop(app, on));
  loop.hidden = !sound.playable;
  const show = () => {
    play.textContent = transport.playing ? "Pause" : "Play";
    time.textContent = `${formatClock(transport.position, 2)} / ${formatClock(model.duration, 2)}`;
    loop.show(transport.loop !== null);
    position.show();
    if (transport.playing) requestAnimationFrame(show);
  };
  transport.onChange(show);
  show();
  return [play, time, position.input, loop];
}

/** What is selected, and a button that clears it. A loop that is on follows. */
function selectionControls({ model, transport, timeline }) {
  const range = el("span", { class: "range" });
  const clear = button("Clear", () => timeline.clearSelection(), {
    class: "quiet",
    hidden: true,
    "aria-label": "Clear selection",
  });
  timeline.onChange(() => {
    const { selection } = timeline;
    range.textContent = selection
      ? `${formatSeconds(selection.from)} \u2013 ${formatSeconds(selection.to)}`
      : "";
    clear.hidden = !selection;
    const { loop } = transport;
    if (!loop) return;
    const wanted = selection ?? wholeOf(model);
    if (wanted.from !== loop.from || wanted.to !== loop.to) transport.setLoop({ ...wanted });
  });
  return [range, clear];
}

function levelMeter({ transport }) {
  const meter = el("span", { class: "meter", "aria-hidden": "true" });
  setInterval(() => {
    meter.textContent = transport.playing ? meterText(transport.level()) : "";
  }, kMeterIntervalMs);
  return meter;
}

function listenControls(app) {
  const { mixer } = app;
  const listen = radioGroup("Listen to", "listen", kListenOptions, "mix", (to) => mixer.listen(to));
  const range = { min: 0, max: kMaxResidualDb, step: 1, value: 0, text: formatGain };
  const gain = slider("Gain of the residual", "residual-gain", range, (db) =>
    mixer.setResidualGain(db),
  );
  const reset = button("Reset the mix", () => mixer.reset(), { class: "quiet" });
  mixer.onChange(() => {
    listen.show(mixer.listenTo);
    gain.hidden = mixer.listenTo !== "residual";
    reset.hidden = !mixer.modified || mixer.listenTo !== "mix";
  });
  return el("div", { class: "listening" }, listen, gain, reset, levelMeter(app));
}

export function transportBar(app) {
  const moves = el("div", { class: "moves" }, ...playControls(app), ...selectionControls(app));
  return el(
    "div",
    { class: "transport", role: "region", "aria-label": "Transport" },
    moves,
    app.sound.playable ? listenControls(app) : null,
  );
}
