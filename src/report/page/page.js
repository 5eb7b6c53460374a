// Reads the model and puts the page together. Text goes into the page as text, never as markup.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, pictures, players, plot } = pw;
  const kSchemaVersion = 1;

  /** An element with attributes; `text` children are text. A null child is left out. */
  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }
  /** A name from outside: its text direction stays its own. */
  const name = (text) => el("bdi", { dir: "auto" }, String(text));

  function stop(message) {
    document.getElementById("page").append(el("p", { class: "stop", role: "alert" }, message));
  }

  /** Terms and what they are; a null value is left out. */
  function facts(pairs, className = "facts") {
    const list = el("dl", { class: className });
    for (const [term, value] of pairs) {
      if (value !== null) list.append(el("div", {}, el("dt", {}, term), el("dd", {}, value)));
    }
    return list;
  }

  const hueOf = (k) => {
    const kHues = [212, 22, 152, 285, 338, 186, 42, 95];  // eight that are told apart, then all round
    return k < kHues.length ? kHues[k] : Math.round((k * 137.508 + 47) % 360);
  };

  /** The model with what the page needs from it worked out once; missing fields stay missing. */
  function view(model) {
    const summary = model.summary ?? {};
    const factors = model.factors ?? {};
    const picture = model.pictures?.spectrogram ?? { width: 0, height: 0 };
    const analysed = summary.analysed ?? {};
    const spectra = factors.spectra ?? [], activations = factors.activations ?? [];
    const tracks = model.audio?.tracks ?? [];
    const partTracks = tracks.filter((track) => track.kind === "part");
    const byBins = factors.bins_per_point ?? 1, byFrames = factors.frames_per_point ?? 1;
    const frameSeconds = factors.frame_seconds || 0;
    const length = analysed.samples / analysed.rate;
    return {
      summary, picture, tracks, partTracks, spectra, activations, frameSeconds,
      count: Math.max(spectra.length, summary.parts?.length ?? 0),
      parts: summary.parts ?? [],
      audio: model.audio ?? {},
      objective: factors.objective ?? { values: [] },
      levels: pictures.bytesOf(picture.pixels ?? ""),
      duration: length > 0 ? length : Math.max((factors.frames ?? 0) * frameSeconds, 0.001),
      hzOf: (i) => (i * byBins + (byBins - 1) / 2) * (factors.bin_hz || 1),
      timeOf: (i) => (i * byFrames + (byFrames - 1) / 2) * frameSeconds,
      range: {
        low: picture.hz_min || Math.max(32.7, factors.bin_hz || 0),
        high: picture.hz_max > picture.hz_min ? picture.hz_max : Math.max(40, (factors.bins ?? 2) * (factors.bin_hz || 1)),
      },
      power: words.option(summary, "power") === 2 ? 2 : 1,
    };
  }

  const kilohertz = (rate) => words.isNumber(rate) ? `${Number((rate / 1000).toPrecision(5))} kHz` : null;
  const channelWords = (n) => n === 1 ? "mono" : n === 2 ? "stereo" : words.isNumber(n) ? `${n} channels` : null;

  function header(v) {
    const input = v.summary.input ?? {}, analysed = v.summary.analysed ?? {};
    const title = input.name ?? "Recording";
    document.title = `${title} \u2013 partwise`;
    const length = [words.seconds(input.seconds ?? v.duration), kilohertz(input.rate ?? analysed.rate),
      channelWords(input.channels ?? analysed.channels), `K = ${v.count}`];
    const differs = words.isNumber(input.seconds) && Math.abs(input.seconds - v.duration) > 0.001 ||
      input.rate !== analysed.rate || input.channels !== analysed.channels;
    const taken = differs && words.isNumber(analysed.rate)
      ? `Analysed: ${[words.seconds(v.duration), analysed.offset > 0 ? `from ${words.seconds(analysed.offset)}` : null,
        kilohertz(analysed.rate), channelWords(analysed.channels)].filter(Boolean).join(" \u00b7 ")}.`
      : null;
    return el("header", {},
      el("p", { class: "mark" }, "partwise"),
      el("h1", {}, name(title)),
      el("p", { class: "length" }, length.filter(Boolean).join(" \u00b7 ")),
      el("p", { class: "made" }, words.howMade(v.summary, v.count)),
      taken ? el("p", { class: "made" }, taken) : null,
      warnings(v));
  }

  function warnings(v) {
    const list = v.summary.warnings ?? [];
    if (list.length === 0) return null;
    return el("div", { class: "warnings", role: "note", "aria-label": "Warnings" },
      el("strong", {}, list.length === 1 ? "One thing to know" : `${list.length} things to know`),
      el("ul", {}, ...list.map((text) => el("li", {}, name(text)))));
  }

  function figures(v) {
    const figure = (value, title, text) => el("div", { class: "figure" },
      el("p", { class: "value" }, value), el("h3", {}, title), el("p", {}, text));
    const { residual_db: residual, model_residual_db: model } = v.summary;
    return el("div", { class: "figures" },
      figure(words.decibels(model), "Model residual",
        "How far the model W H is from the recording\u2019s spectrogram, relative to the spectrogram. " +
        "Lower means that the parts\u2019 spectra and gains describe more of the sound."),
      figure(words.isNumber(residual) ? words.decibels(residual) : "silent", "Residual", words.residualWords(v.summary)));
  }

  const kOrders = {
    peak: "Parts are numbered from low to high, by the peak of their spectrum.",
    energy: "Parts are numbered from strong to weak.",
    onset: "Parts are numbered in the order in which they set in.",
  };

  /** One bar, shared out as the energy is, and the way to every part. */
  function shares(v) {
    const bar = el("div", { class: "bar", "aria-hidden": "true" });
    const list = el("ol", { class: "chips" });
    for (let k = 0; k < v.count; ++k) {
      const part = v.parts[k] ?? {};
      const segment = el("span");
      segment.style.setProperty("--hue", hueOf(k));
      segment.style.flexGrow = String(Math.max(part.energy_share ?? 0, 0));
      bar.append(segment);
      const note = words.note(part.note) || words.noteAt(part.peak_hz);
      const chip = el("a", { href: `#part-${k}` }, el("span", { class: "dot", "aria-hidden": "true" }),
        el("span", { class: "chip-name" }, name(words.partTitle(part, k))),
        el("span", { class: "chip-fact" }, `${words.hertz(part.peak_hz)}${note ? ` ${note}` : ""}`),
        el("span", { class: "chip-share" }, words.percent(part.energy_share)));
      chip.style.setProperty("--hue", hueOf(k));
      list.append(el("li", {}, chip));
    }
    return section("made-of", "What it is made of", el("div", { class: "panel" },
      el("p", { class: "lead" }, `Each part\u2019s share of the energy. ${kOrders[words.option(v.summary, "sort")] ?? ""}`), bar, list),
    figures(v));
  }

  function section(id, title, ...children) {
    return el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), ...children);
  }

  const kTrackWords = {
    input: ["The recording", "As it was analysed."],
    mix: ["The parts added up", "The sum of all parts."],
    residual: ["What is left over", "The recording minus the sum."],
  };

  function wholePlayers(v) {
    const list = el("div", { class: "players" });
    for (const track of v.tracks.filter((t) => t.kind !== "part")) {
      const [title, text] = kTrackWords[track.kind] ?? [track.name, ""];
      const level = track.kind === "residual" && words.isNumber(v.summary.residual_db)
        ? ` ${words.decibels(v.summary.residual_db)} relative to it.` : "";
      list.append(el("div", { class: "whole" }, el("h3", {}, name(title)), el("p", {}, text + level),
        players.add(track, `Play: ${title}`).host));
    }
    const outside = v.audio.inside === false
      ? `The audio would take ${words.bytes(v.audio.bytes)} in this page, more than the ${words.bytes(v.audio.budget_bytes)} ` +
        "it may, so it is linked: the players read the files beside this page and are silent without them."
      : null;
    if (outside) list.append(el("p", { class: "outside" }, outside));
    list.append(el("p", { class: "level" }, "Every player plays its file as it is: no level is changed."));
    return list;
  }

  /** A plot over time with the playhead; a click goes there. */
  function timePlot(v, canvases, playerOf, top, bottom) {
    const head = el("div", { class: "playhead", "aria-hidden": "true" });
    head.style.top = `${top}px`;
    head.style.bottom = `${bottom}px`;
    const host = el("div", { class: "plot over-time" }, ...canvases, head);
    const timeAt = (event) => {
      const bounds = host.getBoundingClientRect();
      const share = (event.clientX - bounds.left - plot.kLeft) / (bounds.width - plot.kLeft - plot.kRight);
      return share >= 0 && share <= 1 ? share * v.duration : null;
    };
    host.addEventListener("click", (event) => {
      const t = timeAt(event);
      if (t !== null) players.seek(playerOf(), t);
    });
    return { host, timeAt };
  }

  /** The spectrogram as a slider over the current player's position. */
  function makeSlider(v, host) {
    const slider = el("div", { class: "slider", role: "slider", tabindex: "0", "aria-label": "Position in the recording",
      "aria-valuemin": "0", "aria-valuemax": v.duration.toFixed(2), "aria-valuenow": "0" });
    host.append(slider);
    slider.addEventListener("keydown", (event) => {
      const now = players.current?.audio.currentTime ?? 0;
      const step = v.duration / 100;
      const to = { ArrowLeft: now - step, ArrowDown: now - step, ArrowRight: now + step, ArrowUp: now + step,
        PageDown: now - 10 * step, PageUp: now + 10 * step, Home: 0, End: v.duration }[event.key];
      if (to !== undefined) players.seek(players.current, to);
      else if (event.key === " ") players.toggle(players.current);
      else return;
      event.preventDefault();
    });
    players.onChange((player) => {
      const t = player?.audio.currentTime ?? 0;
      slider.setAttribute("aria-valuenow", t.toFixed(2));
      slider.setAttribute("aria-valuetext", `${words.seconds(t)} of ${words.seconds(v.duration)}, ${player?.label ?? ""}`);
    });
  }

  function legend(picture) {
    const ramp = el("span", { class: "ramp" });
    ramp.style.background = plot.magmaGradient;
    return el("span", { class: "legend", role: "img",
      "aria-label": `Colours from ${words.decibels(picture.db_min)} (dark) to ${words.decibels(picture.db_max)} (bright)` },
      `\u2212${Math.round(-picture.db_min)}`, ramp, `${Math.round(picture.db_max)} dB`);
  }

  function lanes(v) {
    const height = Math.max(3, Math.min(24, Math.floor(320 / Math.max(v.count, 1))));
    const colourOf = (k) => getComputedStyle(document.querySelector(`#part-${k} .dot`)).backgroundColor;
    const { canvas } = pictures.lanes(v.activations, v.timeOf, v.duration, colourOf, height);
    canvas.style.height = `${height * v.activations.length}px`;
    const starts = v.parts.map((part, k) => `${words.partTitle(part, k)} from ${words.seconds(part.first_onset_s)}`);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `When each part sounds: ${words.list(starts, 100)}.`);
    return canvas;
  }

  function spectrogramFigure(v) {
    if (v.levels.length === 0) return el("p", { class: "lead" }, "There is no spectrogram: the recording is too short.");
    const read = pictures.readPicture(v.picture, v.levels, v.frameSeconds);
    const text = read.silent ? "Silence." :
      `Loudest at ${words.seconds(read.loudestTime)} near ${words.pitched(read.loudestHz, words.noteAt(read.loudestHz))}; ` +
      `sound within 40 dB of that reaches from ${words.hertz(read.lowHz)} to ${words.hertz(read.highHz)}.`;
    const { canvas } = pictures.spectrogram(v.picture, v.levels, v.duration, v.frameSeconds);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Spectrogram over ${words.seconds(v.duration)}, ` +
      `${words.hertz(v.picture.hz_min)} to ${words.hertz(v.picture.hz_max)}. ${text}`);
    const { host, timeAt } = timePlot(v, [canvas, lanes(v)], () => players.current, 8, 0);
    makeSlider(v, host);
    const readout = el("span", { class: "readout", "aria-hidden": "true" });
    host.addEventListener("pointermove", (event) => {
      const bounds = canvas.getBoundingClientRect();
      const t = timeAt(event);
      const up = (bounds.bottom - 22 - event.clientY) / (bounds.height - 30);
      const hz = v.picture.hz_min * (v.picture.hz_max / v.picture.hz_min) ** up;
      const db = t === null ? null : read.dbAt(t, hz);
      readout.textContent = db === null ? "" : `${words.seconds(t)} \u00b7 ${words.pitched(hz, words.noteAt(hz))} \u00b7 ${words.decibels(db)}`;
    });
    host.addEventListener("pointerleave", () => { readout.textContent = ""; });
    return el("figure", { class: "wide" }, host, el("div", { class: "under" }, readout, legend(v.picture)),
      el("figcaption", {}, `${text} Under it, when each part sounds. A click goes to that moment.`));
  }

  function partFacts(part) {
    const note = words.note(part.note) || words.noteAt(part.peak_hz);
    return facts([
      ["Peak", words.isNumber(part.peak_hz) ? words.pitched(part.peak_hz, note) : "\u2013"],
      ["Share of energy", words.percent(part.energy_share)],
      ["First onset", words.seconds(part.first_onset_s)],
      ["Level", words.isNumber(part.level_db) ? `${words.decibels(part.level_db)}FS RMS` : "silent"],
    ]);
  }

  function partArticle(v, k) {
    const part = v.parts[k] ?? {};
    const title = words.partTitle(part, k);
    const note = words.note(part.note) || words.noteAt(part.peak_hz);
    const track = v.partTracks[k];
    const player = track ? players.add(track, `Play: ${title}`) : null;
    const article = el("article", { id: `part-${k}`, class: "part row panel", "aria-labelledby": `part-${k}-title` },
      el("div", { class: "side" },
        el("h3", { id: `part-${k}-title` }, el("span", { class: "dot", "aria-hidden": "true" }), name(title)),
        partFacts(part), player ? player.host : el("p", {}, "No audio.")),
      el("div", { class: "pictures" }, activationFigure(v, k, title, player), spectrumFigure(v, k, title, part, note)));
    article.style.setProperty("--hue", hueOf(k));
    return article;
  }

  function activationFigure(v, k, title, player) {
    const values = v.activations[k] ?? [];
    const text = words.activationWords(values, v.timeOf);
    const { canvas } = pictures.activation(values, v.timeOf, v.duration);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Activation of ${title}: ${text}`);
    const { host } = timePlot(v, [canvas], () => player ?? players.current, 8, 20);
    return el("figure", {}, el("h4", {}, "When it sounds"), host, el("figcaption", {}, words.capital(text)));
  }

  function spectrumFigure(v, k, title, part, note) {
    const levels = pictures.levelsOf(v.spectra[k] ?? [], v.power);
    const text = words.spectrumWords(levels, v.hzOf, part.peak_hz, part.note);
    const { canvas } = pictures.spectrum(levels, v.hzOf, v.range, part.peak_hz, words.pitched(part.peak_hz, note));
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `Spectrum of ${title}: ${text}`);
    return el("figure", {}, el("h4", {}, "What it sounds like"), el("div", { class: "plot" }, canvas),
      el("figcaption", {}, words.capital(text)));
  }

  const shown = (value) => value === null ? "\u2013" : value === true ? "yes" : value === false ? "no"
    : typeof value === "object" ? JSON.stringify(value) : String(value);

  function table(caption, rows, className = "") {
    return el("table", { class: className }, el("caption", {}, caption), el("tbody", {},
      ...rows.map(([term, value]) => el("tr", {}, el("th", { scope: "row" }, term), el("td", {}, value)))));
  }

  function traceFigure(v) {
    const drawn = pictures.trace(v.objective);
    if (!drawn) return null;
    const { picture, first, last } = drawn;
    const n = v.objective.last_iteration;
    const text = `The objective falls from ${words.quantity(first)} to ${words.quantity(last)} ` +
      `(by ${words.percent(1 - last / first)}) in ${n} ${n === 1 ? "iteration" : "iterations"}.`;
    picture.canvas.setAttribute("role", "img");
    picture.canvas.setAttribute("aria-label", text);
    return el("figure", { class: "panel" }, el("h3", {}, "How the fit went"), el("div", { class: "plot" }, picture.canvas),
      el("figcaption", {}, `${text} Log axis, iterations across.`));
  }

  function secondsTable(v) {
    const rows = Object.entries(v.summary.seconds ?? {}).filter(([, s]) => s > 0)  // 0: not measured, or not yet
      .map(([stage, s]) => [stage, `${s < 0.0995 ? s.toFixed(3) : s.toFixed(2)} s`]);
    return rows.length ? table("Time by stage", rows, "numbers") : null;
  }

  function sourceTable(v) {
    const input = v.summary.input ?? {}, program = v.summary.program ?? {};
    return table("Where it comes from", [
      ["Program", [program.name, program.version].filter(Boolean).join(" ") || "\u2013"],
      ["Input", input.name === undefined ? "\u2013" : name(input.name)],
      ["Format", input.format ? name(input.format) : "\u2013"],
      ["SHA-256", el("code", {}, input.sha256 ?? "\u2013")],
    ]);
  }

  function run(v) {
    const options = Object.entries(v.summary.options ?? {});
    const half = Math.ceil(options.length / 2);
    return section("run", "How it was made",
      el("div", { class: "columns" }, traceFigure(v),
        el("div", { class: "panel" }, sourceTable(v), secondsTable(v))),
      options.length === 0 ? null : el("div", { class: "panel" }, el("h3", {}, "Options in force"),
        el("div", { class: "columns" }, ...[options.slice(0, half), options.slice(half)].map((some, i) =>
          table(i === 0 ? "Options" : "Options, continued",
            some.map(([term, value]) => [name(term), name(shown(value))]), "options")))),
      (v.summary.warnings ?? []).length ? null : el("p", { class: "lead" }, "There was nothing to warn about."));
  }

  function build(model) {
    const v = view(model);
    const page = document.getElementById("page");
    page.append(header(v), el("main", {},
      shares(v),
      section("sound", "The whole recording", el("div", { class: "row panel" },
        el("div", { class: "side" }, wholePlayers(v)), el("div", { class: "pictures" }, spectrogramFigure(v)))),
      section("parts", "The parts", ...Array.from({ length: v.count }, (_, k) => partArticle(v, k))),
      run(v)),
    el("footer", {}, el("p", {}, "One file, complete in itself: this page asks nothing of the network.")));
    players.onChange((player) => {
      const share = Math.min(1, Math.max(0, (player?.audio.currentTime ?? 0) / v.duration));
      page.style.setProperty("--at", String(share));
      page.classList.toggle("moved", player !== null);
    });
    page.classList.add("ready");
  }

  let model;
  try {
    model = JSON.parse(document.getElementById("model").textContent);
  } catch {
    stop("This page is damaged: its data cannot be read.");
    return;
  }
  if (model.schema_version !== kSchemaVersion) {
    stop(`This page's data has version ${String(model.schema_version)}, and its program reads version ${kSchemaVersion}.`);
    return;
  }
  build(model);
})();
