// Play, position, loop, and which of recording, mix and residual is heard.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, elements: { el, button, toggle, choice, slider, signed } } = pw;
  const kMeterEvery = 100;  // milliseconds: quicker cannot be read
  const kMostResidualDb = 80;

  const clockTime = (t) => `${Math.floor(t / 60)}:${(Math.floor((t % 60) * 100) / 100).toFixed(2).padStart(5, "0")}`;

  function positionSlider(app) {
    const { v, transport } = app;
    const input = el("input", { type: "range", class: "position", min: "0", max: String(v.duration), step: "any", value: "0",
      "aria-label": "Position in the recording" });
    const show = () => {
      const t = transport.position;
      input.value = String(t);
      input.setAttribute("aria-valuetext", `${words.seconds(t)} of ${words.seconds(v.duration)}`);
    };
    input.addEventListener("input", () => transport.seek(Number(input.value)));
    input.addEventListener("keydown", (event) => {
      const now = transport.position, step = v.duration / 100;
      const to = { ArrowLeft: now - step, ArrowDown: now - step, ArrowRight: now + step, ArrowUp: now + step,
        PageDown: now - 10 * step, PageUp: now + 10 * step, Home: 0, End: v.duration }[event.key];
      if (to !== undefined) transport.seek(Math.min(v.duration, Math.max(0, to)));
      else if (event.key === " ") transport.toggle();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    return { input, show };
  }

  /** Loops the chosen stretch, or everything where nothing is chosen. */
  function setLoop(app, on) {
    const { timeline, transport, v } = app;
    transport.setLoop(on ? timeline.selection ?? { from: 0, to: v.duration } : null);
  }

  function meterText({ rms, peak }) {
    if (!(rms > 1e-6)) return "";
    const level = `${words.decibels(20 * Math.log10(rms))}FS`;
    return peak >= 1 ? `${level}, clips` : level;
  }

  function transportBar(app) {
    const { v, transport, mixer, timeline, sound } = app;
    const play = button("Play", () => transport.toggle(), { class: "play" });
    const time = el("span", { class: "time", "aria-hidden": "true" });
    const position = positionSlider(app);
    const loop = toggle("Loop", (on) => setLoop(app, on));
    const range = el("span", { class: "range" });
    const clear = button("Clear", () => timeline.selectNone(), { class: "quiet", hidden: true, "aria-label": "Clear the choice" });
    const meter = el("span", { class: "meter", "aria-hidden": "true" });
    const bar = el("div", { class: "transport", role: "region", "aria-label": "Transport" },
      el("div", { class: "moves" }, play, time, position.input, loop, range, clear));
    if (sound.playable) bar.append(listening(app, meter));

    const show = () => {
      play.textContent = transport.playing ? "Pause" : "Play";
      time.textContent = `${clockTime(transport.position)} / ${clockTime(v.duration)}`;
      loop.show(transport.loop !== null && transport.loop !== undefined);
      position.show();
      if (transport.playing) requestAnimationFrame(show);
    };
    transport.onChange(show);
    show();
    loop.hidden = !sound.playable;
    timeline.onChange(() => {
      const { selection } = timeline;
      range.textContent = selection ? `${words.seconds(selection.from)} \u2013 ${words.seconds(selection.to)}` : "";
      clear.hidden = !selection;
      const { loop: now } = transport;
      if (!now) return;
      const wanted = selection ?? { from: 0, to: v.duration };
      if (wanted.from !== now.from || wanted.to !== now.to) transport.setLoop({ ...wanted });
    });
    if (sound.playable) setInterval(() => { meter.textContent = transport.playing ? meterText(transport.level()) : ""; }, kMeterEvery);
    if (mixer) mixer.tell();
    return bar;
  }

  function listening(app, meter) {
    const { mixer } = app;
    const listen = choice("Listen to", "listen", [["mix", "Mix"], ["input", "Recording"], ["residual", "Residual"]], "mix", (to) => mixer.listen(to));
    const gain = slider("Gain of the residual", "residual-gain",
      { min: 0, max: kMostResidualDb, step: 1, value: 0, text: signed }, (db) => mixer.setResidual(db));
    const reset = button("Reset the mix", () => mixer.reset(), { class: "quiet" });
    mixer.onChange(() => {
      listen.show(mixer.listenTo);
      gain.hidden = mixer.listenTo !== "residual";
      reset.hidden = !mixer.touched || mixer.listenTo !== "mix";
    });
    return el("div", { class: "listening" }, listen, gain, reset, meter);
  }

  pw.transportBar = transportBar;
  pw.setLoop = setLoop;
})();
