// The spectrogram with its choices, its legend, and what it shows in words.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, pictures, timePlot, elements: { el, section, button, choice, asImage } } = pw;
  const { kTop, kBottom } = pw.spectrogramMargins;

  function lanes(app) {
    const { v, timeline, names } = app;
    const height = Math.max(3, Math.min(24, Math.floor(320 / Math.max(v.count, 1))));
    const colourOf = (k) => getComputedStyle(document.querySelector(`#part-${k} .dot`)).backgroundColor;
    const picture = pictures.lanes(v.activations, v.timeOf, timeline, colourOf, height);
    picture.canvas.style.height = `${height * v.activations.length}px`;
    const label = () => {
      const starts = v.parts.map((part, k) => `${names.of(k)} from ${words.seconds(part.first_onset_s)}`);
      asImage(picture.canvas, `When each part sounds: ${words.list(starts, 100)}.`);
    };
    names.onChange(label);
    label();
    timeline.onChange(() => picture.touch());
    return picture.canvas;
  }

  function legend(app) {
    const { v, spectrogram } = app;
    const ramp = el("span", { class: "ramp" });
    ramp.style.background = pw.colours.magmaGradient;
    const low = el("span"), host = el("span", { class: "legend", role: "img" }, low, ramp, `${Math.round(v.picture.db_max)} dB`);
    const show = () => {
      low.textContent = `\u2212${spectrogram.depth}`;
      host.setAttribute("aria-label", `Colours from ${words.decibels(v.picture.db_max - spectrogram.depth)} (dark) to ` +
        `${words.decibels(v.picture.db_max)} (bright), relative to the loudest moment of the recording`);
    };
    spectrogram.onChange(show);
    show();
    return host;
  }

  function sourceSelect(app) {
    const { v, names, spectrogram, sound } = app;
    const select = el("select", { id: "source" }, el("option", { value: "input" }, "The recording"));
    for (let k = 0; k < v.count; ++k) {
      const option = el("option", { value: String(k) }, names.of(k));
      names.onChange((changed) => { if (changed === k) option.textContent = names.of(k); });
      select.append(option);
    }
    if (sound.playable) select.append(el("option", { value: "residual" }, "The residual"));
    const source = (value) => /^\d+$/.test(value) ? Number(value) : value;
    select.addEventListener("change", () => spectrogram.show(source(select.value)));
    spectrogram.onChange(() => { select.value = String(spectrogram.source); });
    return el("div", { class: "field" }, el("label", { for: "source" }, "Spectrogram of"), select);
  }

  function zooming(app) {
    const { timeline, spectrogram } = app;
    const buttons = (label, closer, wider) => el("div", { class: "zoom", role: "group", "aria-label": label },
      el("span", { "aria-hidden": "true" }, label),
      button("\u2212", wider, { "aria-label": `${label}: show more` }), button("+", closer, { "aria-label": `${label}: closer` }));
    const at = () => {
      const t = app.transport.position;
      return t >= timeline.from && t <= timeline.to && t > 0 ? t : undefined;
    };
    const back = button("\u2190", () => timeline.pan(-timeline.span / 2), { "aria-label": "Earlier" });
    const on = button("\u2192", () => timeline.pan(timeline.span / 2), { "aria-label": "Later" });
    const all = button("Show all", () => { timeline.all(); spectrogram.zoomHz(1e6); });
    const show = () => {
      back.disabled = !timeline.zoomed || timeline.from <= 0;
      on.disabled = !timeline.zoomed || timeline.to >= timeline.duration;
    };
    timeline.onChange(show);
    show();
    return el("div", { class: "zooming" },
      buttons("Time", () => timeline.zoom(0.5, at()), () => timeline.zoom(2, at())),
      buttons("Frequency", () => spectrogram.zoomHz(0.5), () => spectrogram.zoomHz(2)),
      el("div", { class: "zoom" }, back, on, all));
  }

  function sourceWords(app) {
    const { source } = app.spectrogram;
    return source === "input" ? "The recording" : source === "residual" ? "The residual" : app.names.of(source);
  }

  function pictureText(app) {
    const { spectrogram, v } = app;
    const whole = spectrogram.whole();
    const what = spectrogram.source === "input" ? "" : `${sourceWords(app)}: `;
    if (spectrogram.source === "residual") return `${what}${words.residualWords(v.summary)}`;
    return what + (whole ? words.pictureWords(whole, v.picture) : "no picture yet.");
  }

  function figure(app) {
    const { v, timeline, spectrogram } = app;
    if (v.levels.length === 0) return el("p", { class: "lead" }, "There is no spectrogram: the recording is too short.");
    const { canvas } = spectrogram;
    const { host, timeAt, inside } = timePlot(app, [canvas, lanes(app)], {
      top: kTop, bottom: 0, wheelHz: (factor, event) => spectrogram.zoomHz(factor, hzAt(event)),
    });
    const hzAt = (event) => {
      const box = canvas.getBoundingClientRect();
      return spectrogram.places(box.width, box.height).y.invert(event.clientY - box.top);
    };
    const readout = el("span", { class: "readout", "aria-hidden": "true" });
    host.addEventListener("pointermove", (event) => {
      const hz = hzAt(event), t = timeAt(event.clientX);
      const db = inside(event) && hz >= spectrogram.hz.low && hz <= spectrogram.hz.high ? spectrogram.dbAt(t, hz) : null;
      readout.textContent = db === null ? "" : `${t < 60 ? `${t.toFixed(3)} s` : `${Math.floor(t / 60)}:${(t % 60).toFixed(2).padStart(5, "0")}`} \u00b7 ` +
        `${words.pitched(hz, words.noteAt(hz))} \u00b7 ${db <= v.picture.db_min ? `below ${words.decibels(v.picture.db_min)}` : words.decibels(db)}`;
    });
    host.addEventListener("pointerleave", () => { readout.textContent = ""; });
    const caption = el("figcaption");
    const describe = () => {
      const text = pictureText(app);
      asImage(canvas, `Spectrogram from ${words.seconds(timeline.from)} to ${words.seconds(timeline.to)}, ` +
        `${words.hertz(spectrogram.hz.low)} to ${words.hertz(spectrogram.hz.high)}. ${text}`);
      caption.textContent = `${text} Under it, when each part sounds.`;
    };
    spectrogram.onChange(describe);
    timeline.onChange(describe);
    app.names.onChange(describe);
    describe();
    return el("figure", { class: "wide" }, host, el("div", { class: "under" }, readout, legend(app)), caption,
      el("p", { class: "hint" }, "Click to go there, drag to choose a stretch for the loop. Ctrl and the wheel zoom in time, with Shift in frequency; two fingers do, too."));
  }

  function spectrogramPanel(app, beside) {
    const { spectrogram } = app;
    const choices = el("div", { class: "choices" }, sourceSelect(app),
      choice("Frequency axis", "axis", [["log", "Logarithmic"], ["linear", "Linear"]], "log", (axis) => spectrogram.setAxis(axis === "log")),
      choice("Depth of the colours", "depth", [["80", "80 dB"], ["60", "60 dB"], ["40", "40 dB"]], "80", (depth) => spectrogram.setDepth(Number(depth))),
      zooming(app));
    return section("sound", "The whole recording", el("div", { class: "row panel" },
      el("div", { class: "side" }, app.v.levels.length > 0 ? choices : null, beside), el("div", { class: "pictures" }, figure(app))));
  }

  pw.spectrogramPanel = spectrogramPanel;
})();
