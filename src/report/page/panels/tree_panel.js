// Which components the parts were merged from, and each of them to look at.

import { hueOf } from "../draw/colours.js";
import { curvePicture } from "../draw/fit_pictures.js";
import { activationPicture, spectrumPicture } from "../draw/part_pictures.js";
import { treePicture } from "../draw/tree_picture.js";
import { toggleButton } from "../elements/controls.js";
import { describeCanvas, el, figure, plot, section, setHue } from "../elements/elements.js";
import { partName } from "../elements/part_name.js";
import { timePlot } from "../elements/time_plot.js";
import { partsOf } from "../model/merge_tree.js";
import { isNumber } from "../model/values.js";
import { levelsOf } from "../spectra/levels.js";
import { activationText } from "../text/activity_text.js";
import { formatPitch } from "../text/notes.js";
import { capitalize, plural, joinList } from "../text/sentences.js";
import { formatPercent } from "../text/units.js";

const kHowToChange =
  "To take part 0 apart again: partwise resynth FOLDER --split 0; to put parts 1 and 2 together: --merge 1+2.";
const kSuggestionText =
  "What so many short templates leave of the recording, relative to one. The last that takes off more " +
  "than a tenth was taken. This is a suggestion: listen, and ask for more or fewer with --parts.";

/** The pictures of component k, which belongs to a part. */
function memberFigures(app, k, part) {
  const { model, timeline } = app;
  const { components } = model;
  const values = components.activations[k] ?? [];
  const activation = activationPicture(values, components.timeOf, timeline);
  timeline.onChange(() => activation.invalidate());
  const when = activationText(values, components.timeOf);
  describeCanvas(activation.canvas, `Activation of component ${k}: ${when}`);
  const { host } = timePlot(app, [activation.canvas], { top: 8, bottom: 2 });

  const levels = levelsOf(components.spectra[k] ?? [], model.power);
  const loudest = levels.indexOf(0);
  const hz = loudest < 0 ? null : components.hzOf(loudest);
  const label = formatPitch(hz);
  const { canvas } = spectrumPicture(levels, components.hzOf, model.range, { hz, label });
  describeCanvas(canvas, `Spectrum of component ${k}, whose peak is ${label}.`);
  const both = el(
    "div",
    { class: "member columns" },
    figure(`Component ${k}: when it sounds`, host, capitalize(when)),
    figure(`Component ${k}: spectrum`, plot(canvas), `Its peak is ${label}.`),
  );
  return setHue(both, part);
}

/** A row of buttons for each part's components. */
function memberButtons({ model, names }, select) {
  const buttons = [];
  const list = el("div", { class: "members" });
  model.grouping.groups.forEach((group, part) => {
    const attributes = {
      class: "which",
      role: "group",
      "aria-label": `Components of part ${part}`,
    };
    const row = setHue(el("div", attributes), part);
    for (const k of group) {
      const label = { "aria-label": `Component ${k} of part ${part}` };
      buttons[k] = toggleButton(String(k), () => select(k), label);
      row.append(buttons[k]);
    }
    list.append(el("div", { class: "who" }, partName(names, part)), row);
  });
  return { list, buttons };
}

function suggestion(model) {
  const curve = model.grouping.suggestion_curve ?? [];
  if (curve.length < 2) return null;
  const { canvas } = curvePicture(curve, model.summary.resynth ? 0 : model.count);
  const leavings = joinList(curve.map(formatPercent), curve.length);
  const what = `what 1 to ${curve.length} short templates leave of the recording, relative to one`;
  describeCanvas(canvas, `How many parts: ${what}: ${leavings}.`);
  const title = el("h3", {}, "How many parts");
  return el(
    "figure",
    { class: "panel" },
    title,
    plot(canvas),
    el("figcaption", {}, kSuggestionText),
  );
}

function treeText(model, cut) {
  const components = model.grouping.tree.length + 1;
  const merged =
    `${components} components were merged to ${plural(model.count, "part")}, ` +
    "those most alike first (from below)";
  const line = cut
    ? "; the line is where merging stopped, and the grey merges above it are what would have come next"
    : "; parts were merged or split by hand since";
  return `${merged}${line}. Dashed: more likely two sources than one.`;
}

/** Why parts were refined as drums, or not; null where that was not measured. */
function drumsText({ percussive_share: share, percussive_threshold: threshold, method }) {
  if (!isNumber(share) || !isNumber(threshold)) return null;
  const measured =
    `${formatPercent(share)} of the sound is percussive; ` +
    `from ${formatPercent(threshold)} on it is taken for drums.`;
  const consequence =
    method === "drums"
      ? "Every part was refined as one sound that is struck again and again; " +
        "--method merge leaves that out."
      : "Parts are the sums of their components; " +
        "--method drums would refine each as one sound that is struck.";
  return `${measured} ${consequence}`;
}

/** The tree with its buttons; the component that is selected appears below. */
function treeFigure(app) {
  const { grouping } = app.model;
  const partOf = partsOf(grouping.groups);
  const detail = el("div", { "aria-live": "polite" });
  let selected = -1;
  const select = (k) => {
    selected = selected === k ? -1 : k;
    buttons.forEach((button, i) => button.show(i === selected));
    detail.replaceChildren(...(selected < 0 ? [] : [memberFigures(app, k, partOf[k])]));
    picture.invalidate();
  };
  const { picture, cut, leafAt } = treePicture(grouping, hueOf, () => selected);
  const { list, buttons } = memberButtons(app, select);
  const { canvas } = picture;
  const text = treeText(app.model, cut);
  describeCanvas(canvas, `The tree of merges: ${text}`);
  canvas.addEventListener("click", (event) => select(leafAt(event.offsetX, canvas.clientWidth)));
  const caption = el("figcaption", {}, `${text} Choose a component to see it.`);
  const lead = [drumsText(grouping), kHowToChange]
    .filter(Boolean)
    .map((words) => el("p", { class: "lead" }, words));
  return el("figure", { class: "panel" }, plot(canvas), caption, list, detail, ...lead);
}

export function treePanel(app) {
  const { grouping } = app.model;
  if (!Array.isArray(grouping?.groups) || (grouping.tree ?? []).length === 0) return null;
  return section("tree", "How the parts were merged", treeFigure(app), suggestion(app.model));
}
