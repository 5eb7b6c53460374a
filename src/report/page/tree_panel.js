// Which components the parts were merged from, and each of them to look at.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, pictures, timePlot, tree: { treePicture, curvePicture }, elements: { el, section, toggle, asImage } } = pw;

  function memberFigures(app, k, part) {
    const { v, timeline } = app;
    const values = v.components.activations[k] ?? [];
    const activation = pictures.activation(values, v.components.timeOf, timeline);
    timeline.onChange(() => activation.touch());
    const levels = pictures.levelsOf(v.components.spectra[k] ?? [], v.power);
    const loudest = levels.indexOf(0), peakHz = loudest < 0 ? null : v.components.hzOf(loudest);
    const label = words.pitched(peakHz, words.noteAt(peakHz));
    const { canvas } = pictures.spectrum(levels, v.components.hzOf, v.range, peakHz, label);
    const whenText = words.activationWords(values, v.components.timeOf);
    asImage(activation.canvas, `Activation of component ${k}: ${whenText}`);
    asImage(canvas, `Spectrum of component ${k}, whose peak is ${label}.`);
    const { host } = timePlot(app, [activation.canvas], { top: 8, bottom: 2 });
    const shown = el("div", { class: "member columns" },
      el("figure", {}, el("h4", {}, `Component ${k}: when it sounds`), host, el("figcaption", {}, words.capital(whenText))),
      el("figure", {}, el("h4", {}, `Component ${k}: spectrum`), el("div", { class: "plot" }, canvas), el("figcaption", {}, `Its peak is ${label}.`)));
    shown.style.setProperty("--hue", pw.colours.hueOf(part));
    return shown;
  }

  /** A row of buttons for each part's components. */
  function memberButtons(app, choose) {
    const { grouping } = app.v;
    const buttons = [];
    const list = el("div", { class: "members" });
    grouping.groups.forEach((group, part) => {
      const which = el("div", { class: "which", role: "group", "aria-label": `Components of part ${part}` });
      which.style.setProperty("--hue", pw.colours.hueOf(part));
      for (const k of group) {
        buttons[k] = toggle(String(k), () => choose(k), { "aria-label": `Component ${k} of part ${part}` });
        which.append(buttons[k]);
      }
      list.append(el("div", { class: "who" }, app.names.shown(part)), which);
    });
    return { list, buttons };
  }

  function suggestion(v) {
    const curve = v.grouping.suggestion_curve ?? [];
    if (curve.length < 2) return null;
    const taken = v.summary.resynth ? 0 : v.count;
    const picture = curvePicture(curve, taken);
    const text = `How many parts: what 1 to ${curve.length} short templates leave of the recording, relative to one: ` +
      `${words.list(curve.map((d) => words.percent(d)), curve.length)}.`;
    asImage(picture.canvas, text);
    return el("figure", { class: "panel" }, el("h3", {}, "How many parts"), el("div", { class: "plot" }, picture.canvas),
      el("figcaption", {}, "What so many short templates leave of the recording, relative to one. " +
        "The last that takes off more than a tenth was taken. This is a suggestion: listen, and ask for more or fewer with --parts."));
  }

  const kHowToChange = "To take part 0 apart again: partwise resynth FOLDER --split 0; to put parts 1 and 2 together: --merge 1+2.";

  function treeWords(v, cut) {
    const { grouping } = v, components = grouping.tree.length + 1;
    const made = `${components} components were merged to ${v.count} ${v.count === 1 ? "part" : "parts"}, those most alike first (from below)`;
    const line = cut ? "; the line is where merging stopped, and the grey merges above it are what would have come next" : "; parts were merged or split by hand since";
    return `${made}${line}. Dashed: more likely two sources than one.`;
  }

  /** Why parts were refined as drums, or not; null where nobody looked. */
  function gateWords(grouping) {
    const { percussive_share: share, percussive_threshold: threshold, method } = grouping;
    if (!words.isNumber(share) || !words.isNumber(threshold)) return null;
    const measured = `${words.percent(share)} of the sound is percussive; from ${words.percent(threshold)} on it is taken for drums.`;
    return method === "drums"
      ? `${measured} Every part was refined as one sound that is struck again and again; --method merge leaves that out.`
      : `${measured} Parts are the sums of their components; --method drums would refine each as one sound that is struck.`;
  }

  function treePanel(app) {
    const { v } = app;
    const grouping = v.grouping;
    if (!grouping || !Array.isArray(grouping.groups) || (grouping.tree ?? []).length === 0) return null;
    const partOf = pw.tree.partsOf(grouping.groups);
    let chosen = -1;
    const detail = el("div", { "aria-live": "polite" });
    const { picture, cut, leafAt } = treePicture(grouping, pw.colours.hueOf, () => chosen);
    const { list, buttons } = memberButtons(app, (k) => choose(k));
    function choose(k) {
      chosen = chosen === k ? -1 : k;
      buttons.forEach((button, i) => button.show(i === chosen));
      detail.replaceChildren(...(chosen < 0 ? [] : [memberFigures(app, chosen, partOf[chosen])]));
      picture.touch();
    }
    const text = treeWords(v, cut);
    asImage(picture.canvas, `The tree of merges: ${text}`);
    picture.canvas.addEventListener("click", (event) => choose(leafAt(event.offsetX, picture.canvas.clientWidth)));
    return section("tree", "How the parts were merged",
      el("figure", { class: "panel" }, el("div", { class: "plot" }, picture.canvas),
        el("figcaption", {}, `${text} Choose a component to see it.`), list, detail,
        ...[gateWords(grouping), kHowToChange].filter(Boolean).map((text) => el("p", { class: "lead" }, text))),
      suggestion(v));
  }

  pw.treePanel = treePanel;
})();
