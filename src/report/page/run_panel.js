// How it was made: the fit's trace, the input, the times, the options, and the command that does it again.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, pictures, elements: { el, name, section, table, button, asImage } } = pw;

  const shown = (value) => value === null ? "\u2013" : value === true ? "yes" : value === false ? "no"
    : typeof value === "object" ? JSON.stringify(value) : String(value);

  function traceFigure(v) {
    const drawn = pictures.trace(v.objective);
    if (!drawn) return null;
    const { picture, first, last } = drawn;
    const n = v.objective.last_iteration;
    const text = `The objective falls from ${words.quantity(first)} to ${words.quantity(last)} ` +
      `(by ${words.percent(1 - last / first)}) in ${n} ${n === 1 ? "iteration" : "iterations"}.`;
    asImage(picture.canvas, text);
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

  function commandPanel(v) {
    if (!v.command) return null;
    const code = el("code", { dir: "ltr" }, v.command);
    const copy = button("Copy", async () => {
      try {
        await navigator.clipboard.writeText(v.command);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);  // no clipboard for this page: it is chosen to be copied
      }
    }, { class: "quiet" });
    return el("div", { class: "panel" }, el("h3", {}, "The command that does it again"),
      el("pre", { class: "command", tabindex: "0", role: "region", "aria-label": "Command" }, code), copy);
  }

  function runPanel(app) {
    const { v } = app;
    const options = Object.entries(v.summary.options ?? {});
    const half = Math.ceil(options.length / 2);
    return section("run", "How it was made",
      el("div", { class: "columns" }, traceFigure(v),
        el("div", { class: "panel" }, sourceTable(v), secondsTable(v))),
      commandPanel(v),
      options.length === 0 ? null : el("div", { class: "panel" }, el("h3", {}, "Options in force"),
        el("div", { class: "columns" }, ...[options.slice(0, half), options.slice(half)].filter((some) => some.length > 0).map((some, i) =>
          table(i === 0 ? "Options" : "Options, continued",
            some.map(([term, value]) => [name(term), name(shown(value))]), "options")))),
      (v.summary.warnings ?? []).length ? null : el("p", { class: "lead" }, "There was nothing to warn about."));
  }

  pw.runPanel = runPanel;
})();
