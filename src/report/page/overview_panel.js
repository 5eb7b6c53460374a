// The head of the page: what was taken apart, how, and into what.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, elements: { el, name, section } } = pw;

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
      tags(input),
      el("p", { class: "length" }, length.filter(Boolean).join(" \u00b7 ")),
      el("p", { class: "made" }, words.howMade(v.summary, v.count)),
      taken ? el("p", { class: "made" }, taken) : null,
      warnings(v));
  }

  function tags(input) {
    const said = ["title", "artist", "album", "date"].map((tag) => input.tags?.[tag] ?? input[tag])
      .filter((text) => typeof text === "string" && text !== "");
    if (said.length === 0) return null;
    return el("p", { class: "tags" }, ...said.flatMap((text, i) => i === 0 ? [name(text)] : [" \u00b7 ", name(text)]));
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
  function shares(app) {
    const { v, names } = app;
    const bar = el("div", { class: "bar", "aria-hidden": "true" });
    const list = el("ol", { class: "chips" });
    for (let k = 0; k < v.count; ++k) {
      const part = v.parts[k] ?? {};
      const segment = el("span");
      segment.style.setProperty("--hue", pw.colours.hueOf(k));
      segment.style.flexGrow = String(Math.max(part.energy_share ?? 0, 0));
      bar.append(segment);
      const note = words.note(part.note) || words.noteAt(part.peak_hz);
      const chip = el("a", { href: `#part-${k}` }, el("span", { class: "dot", "aria-hidden": "true" }),
        el("span", { class: "chip-name" }, names.shown(k)),
        el("span", { class: "chip-fact" }, `${words.hertz(part.peak_hz)}${note ? ` ${note}` : ""}`),
        el("span", { class: "chip-share" }, words.percent(part.energy_share)));
      chip.style.setProperty("--hue", pw.colours.hueOf(k));
      list.append(el("li", {}, chip));
    }
    return section("made-of", "What it is made of", el("div", { class: "panel" },
      el("p", { class: "lead" }, `Each part\u2019s share of the energy. ${kOrders[words.option(v.summary, "sort")] ?? ""}`), bar, list),
    figures(v));
  }

  pw.overviewPanel = { header, shares };
})();
