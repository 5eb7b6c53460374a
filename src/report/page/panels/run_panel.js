// How it was made: the fit's trace, the input, the times, the options, and the command that does it
// again.

import { tracePicture } from "../draw/fit_pictures.js";
import { button } from "../elements/controls.js";
import { describeCanvas, el, outsideText, plot, section, table } from "../elements/elements.js";
import { plural } from "../text/sentences.js";
import { formatPercent, formatQuantity } from "../text/units.js";

const kNothing = "\u2013";

function optionText(value) {
  if (value === null) return kNothing;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function traceFigure({ objective }) {
  const trace = tracePicture(objective);
  if (!trace) return null;
  const { picture, first, last } = trace;
  const text =
    `The objective falls from ${formatQuantity(first)} to ${formatQuantity(last)} ` +
    `(by ${formatPercent(1 - last / first)}) in ${plural(objective.last_iteration, "iteration")}.`;
  describeCanvas(picture.canvas, text);
  const caption = el("figcaption", {}, `${text} Log axis, iterations across.`);
  return el(
    "figure",
    { class: "panel" },
    el("h3", {}, "How the fit went"),
    plot(picture.canvas),
    caption,
  );
}

function secondsTable(seconds) {
  const rows = Object.entries(seconds)
    .filter(([, s]) => s > 0) // 0: not measured, or not yet
    .map(([stage, s]) => [stage, `${s < 0.0995 ? s.toFixed(3) : s.toFixed(2)} s`]);
  return rows.length ? table("Time by stage", rows, "numbers") : null;
}

function sourceTable({ input = {}, program = {} }) {
  return table("Where it comes from", [
    ["Program", [program.name, program.version].filter(Boolean).join(" ") || kNothing],
    ["Input", input.name === undefined ? kNothing : outsideText(input.name)],
    ["Format", input.format ? outsideText(input.format) : kNothing],
    ["SHA-256", el("code", {}, input.sha256 ?? kNothing)],
  ]);
}

function commandPanel(command) {
  if (!command) return null;
  const code = el("code", { dir: "ltr" }, command);
  const copy = button(
    "Copy",
    async () => {
      try {
        await navigator.clipboard.writeText(command);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code); // no clipboard for this page: it is selected to be copied
      }
    },
    { class: "quiet" },
  );
  const attributes = { class: "command", tabindex: "0", role: "region", "aria-label": "Command" };
  return el(
    "div",
    { class: "panel" },
    el("h3", {}, "The command that does it again"),
    el("pre", attributes, code),
    copy,
  );
}

/** All options in two columns. */
function optionsPanel(options) {
  if (options.length === 0) return null;
  const half = Math.ceil(options.length / 2);
  const columns = [options.slice(0, half), options.slice(half)].filter(
    (column) => column.length > 0,
  );
  const tables = columns.map((column, i) => {
    const rows = column.map(([term, value]) => [outsideText(term), outsideText(optionText(value))]);
    return table(i === 0 ? "Options" : "Options, continued", rows, "options");
  });
  return el(
    "div",
    { class: "panel" },
    el("h3", {}, "Options in force"),
    el("div", { class: "columns" }, ...tables),
  );
}

export function runPanel({ model }) {
  const { summary } = model;
  const tables = el(
    "div",
    { class: "panel" },
    sourceTable(summary),
    secondsTable(summary.seconds ?? {}),
  );
  return section(
    "run",
    "How it was made",
    el("div", { class: "columns" }, traceFigure(model), tables),
    commandPanel(model.command),
    optionsPanel(Object.entries(summary.options ?? {})),
  );
}
