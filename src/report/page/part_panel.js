// One part: what it sounds like, when, and its place in the mix.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, pictures, timePlot, elements: { el, facts, button, toggle, slider, signed, asImage } } = pw;
  const kLeastDb = -40, kMostDb = 12;
  const kMostSamples = 20;  // seconds in sight, up to which the waveform is drawn from the samples themselves

  /** A label over a canvas that follows the part's name. */
  function labelled(app, k, canvas, text) {
    const label = () => asImage(canvas, text(app.names.of(k)));
    app.names.onChange((changed) => { if (changed === k) label(); });
    label();
    return canvas;
  }

  /** Of a part of several components: how many, and how sure it is that they belong together. */
  function memberFacts(v, k) {
    const group = v.grouping?.groups?.[k];
    if (!group) return [];
    const several = group.length > 1;
    return [["Made of", several ? `${group.length} components` : "one component"],
      ["Sure", several ? words.percent(v.grouping.confidence?.[k]) : null]];
  }

  function partFacts(v, part, k) {
    const marks = v.events[k];
    const note = words.note(part.note) || words.noteAt(part.peak_hz);
    return facts([
      ["Peak", words.isNumber(part.peak_hz) ? words.pitched(part.peak_hz, note) : "\u2013"],
      ["Share of energy", words.percent(part.energy_share)],
      ["First onset", words.seconds(part.first_onset_s)],
      ...(marks ? [["Begins", words.eventWords(marks) || "nothing"]] : []),
      ["Level", words.isNumber(part.level_db) ? `${words.decibels(part.level_db)}FS RMS` : "silent"],
      ...memberFacts(v, k),
    ]);
  }

  function mixing(app, k) {
    const { mixer } = app;
    const solo = toggle("Solo", (on) => mixer.setPart(k, { solo: on }), { "aria-label": `Solo part ${k}` });
    const mute = toggle("Mute", (on) => mixer.setPart(k, { mute: on }), { "aria-label": `Mute part ${k}` });
    const gain = slider("Gain", `gain-${k}`, { min: kLeastDb, max: kMostDb, step: 0.5, value: 0, text: signed }, (db) => mixer.setPart(k, { db }));
    mixer.onChange(() => {
      solo.show(mixer.parts[k].solo);
      mute.show(mixer.parts[k].mute);
      gain.show(mixer.parts[k].db);
      document.getElementById(`part-${k}`)?.classList.toggle("unheard", mixer.listenTo === "mix" && !mixer.heard(k));
    });
    return el("div", { class: "mixing" }, el("div", { class: "pair" }, solo, mute), gain);
  }

  /** The samples of the stretch in sight where they are decoded already, else the model's outline. */
  function waveformPairs(app, k, outline) {
    const { sound, v } = app;
    return (from, to, columns) => {
      const track = sound.trackOf("part", k);
      if (track && to - from <= kMostSamples) {
        const first = Math.floor(from * sound.rate), count = Math.max(1, Math.ceil((to - from) * sound.rate));
        const pieces = [];
        for (let i = Math.floor(first / sound.segmentSamples); i <= Math.min(sound.segments - 1, Math.floor((first + count - 1) / sound.segmentSamples)); ++i) {
          pieces.push([i, sound.peek(track, i)]);
        }
        if (pieces.length > 0 && pieces.every(([, buffer]) => buffer)) return samplePairs(sound, pieces, from, to, columns);
        Promise.all(pieces.map(([i]) => sound.segment(track, i))).then(() => app.waveforms[k]?.touch(), () => {});
      }
      return pictures.pairsFrom(outline, v.duration, from, to, columns);
    };
  }

  function samplePairs(sound, pieces, from, to, columns) {
    const out = new Float32Array(2 * columns);
    const step = ((to - from) * sound.rate) / columns;
    const valueAt = (n) => {
      const piece = pieces.find(([i, buffer]) => n >= i * sound.segmentSamples && n < i * sound.segmentSamples + buffer.length);
      return piece ? piece[1].getChannelData(0)[n - piece[0] * sound.segmentSamples] : 0;
    };
    const channels = pieces.map(([i, buffer]) => ({ begin: i * sound.segmentSamples, data: Array.from({ length: buffer.numberOfChannels }, (_, c) => buffer.getChannelData(c)) }));
    for (let c = 0; c < columns; ++c) {
      const a = Math.floor(from * sound.rate + c * step), b = Math.max(a + 1, Math.floor(from * sound.rate + (c + 1) * step));
      let low = valueAt(a), high = low;
      for (const { begin, data } of channels) {
        for (const channel of data) {
          for (let n = Math.max(0, a - begin); n < Math.min(channel.length, b - begin + 1); ++n) {
            if (channel[n] < low) low = channel[n];
            if (channel[n] > high) high = channel[n];
          }
        }
      }
      out[2 * c] = low;
      out[2 * c + 1] = high;
    }
    return out;
  }

  function overTime(app, k) {
    const { v, timeline } = app;
    const values = v.activations[k] ?? [];
    const marks = v.events[k] ?? [];
    const marked = words.eventWords(marks);
    const text = words.activationWords(values, v.timeOf) + (marked && ` Marks: ${marked}.`);
    const activation = pictures.activation(values, v.timeOf, timeline, marks);
    labelled(app, k, activation.canvas, (title) => `Activation of ${title}: ${text}`);
    const canvases = [activation.canvas];
    const track = v.partTracks[k];
    const peak = track?.peak ?? 0;
    if (track) {
      const level = peak > 0 ? words.quantity(Number(peak.toPrecision(2))) : "1";
      const waveform = pictures.waveform(waveformPairs(app, k, pw.model.outlineOf(track)), peak, level, timeline);
      app.waveforms[k] = waveform;
      labelled(app, k, waveform.canvas, (title) => peak > 0
        ? `Waveform of ${title}: its largest sample is ${words.decibels(20 * Math.log10(peak))}FS.` : `Waveform of ${title}: silent.`);
      canvases.push(waveform.canvas);
      timeline.onChange(() => waveform.touch());
    }
    timeline.onChange(() => activation.touch());
    const { host } = timePlot(app, canvases, { top: 8, bottom: track ? 20 : 2 });
    return el("figure", {}, el("h4", {}, track ? "When it sounds: activation and waveform" : "When it sounds"), host,
      el("figcaption", {}, words.capital(text)));
  }

  function spectrumFigure(app, k, part, note) {
    const { v } = app;
    const levels = pictures.levelsOf(v.spectra[k] ?? [], v.power);
    const text = words.spectrumWords(levels, v.hzOf, part.peak_hz, part.note);
    const { canvas } = pictures.spectrum(levels, v.hzOf, v.range, part.peak_hz, words.pitched(part.peak_hz, note));
    labelled(app, k, canvas, (title) => `Spectrum of ${title}: ${text}`);
    return el("figure", {}, el("h4", {}, "What it sounds like: spectrum"), el("div", { class: "plot" }, canvas),
      el("figcaption", {}, words.capital(text)));
  }

  /** Saves what the page holds of a source as a WAV file. */
  function saveButton(app, source, fileName, label) {
    const save = button("Save as WAV", async () => {
      save.disabled = true;
      try {
        const link = el("a", { href: URL.createObjectURL(await pw.waveFile(app.sound, source)), download: fileName });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      } finally {
        save.disabled = false;
      }
    }, { "aria-label": label });
    return save;
  }

  function fileLink(track) {
    return track?.file_name ? el("a", { class: "file", href: pw.fileAddress(track.file_name), download: track.file_name }, track.file_name) : null;
  }

  function partPanel(app, k) {
    const { v, names, sound, spectrogram } = app;
    const part = v.parts[k] ?? {};
    const note = words.note(part.note) || words.noteAt(part.peak_hz);
    const track = v.partTracks[k];
    const look = toggle("Spectrogram", () => {
      spectrogram.show(spectrogram.source === k ? "input" : k);
      if (spectrogram.source === k) document.getElementById("sound").scrollIntoView();
    }, { "aria-label": `Spectrogram of part ${k}` });
    spectrogram.onChange(() => look.show(spectrogram.source === k));
    const heard = sound.trackOf("part", k)
      ? [mixing(app, k), el("div", { class: "pair" }, look, saveButton(app, k, `${part.name ?? `part-${k}`}.wav`, `Save part ${k} as WAV`)), fileLink(track)]
      : [app.linked && track?.file_name ? app.linked.add(track, `Play part ${k}`) : el("p", {}, "No sound in this page."),
        el("div", { class: "pair" }, look), fileLink(track)];
    const article = el("article", { id: `part-${k}`, class: "part row panel", "aria-labelledby": `part-${k}-title` },
      el("div", { class: "side" },
        el("div", { class: "naming-row" }, el("h3", { id: `part-${k}-title` }, el("span", { class: "dot", "aria-hidden": "true" }), names.shown(k)), names.editor(k)),
        partFacts(v, part, k), ...heard),
      el("div", { class: "pictures" }, overTime(app, k), spectrumFigure(app, k, part, note)));
    article.style.setProperty("--hue", pw.colours.hueOf(k));
    return article;
  }

  pw.partPanel = { partPanel, saveButton, fileLink };
})();
