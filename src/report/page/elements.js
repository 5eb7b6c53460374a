// Elements of the page. Text goes into it as text, never as markup.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words } = pw;

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

  function section(id, title, ...children) {
    return el("section", { id, "aria-labelledby": `${id}-title` }, el("h2", { id: `${id}-title` }, title), ...children);
  }

  /** Terms and what they are; a null value is left out. */
  function facts(pairs) {
    const list = el("dl", { class: "facts" });
    for (const [term, value] of pairs) {
      if (value !== null) list.append(el("div", {}, el("dt", {}, term), el("dd", {}, value)));
    }
    return list;
  }

  function table(caption, rows, className = "") {
    return el("table", { class: className }, el("caption", {}, caption), el("tbody", {},
      ...rows.map(([term, value]) => el("tr", {}, el("th", { scope: "row" }, term), el("td", {}, value)))));
  }

  function button(text, onClick, attributes = {}) {
    const element = el("button", { type: "button", ...attributes }, text);
    element.addEventListener("click", onClick);
    return element;
  }

  /** A button that is on or off. `set(on)` shows it. */
  function toggle(text, onClick, attributes = {}) {
    const element = button(text, () => onClick(element.getAttribute("aria-pressed") !== "true"), { "aria-pressed": "false", ...attributes });
    element.show = (on) => element.setAttribute("aria-pressed", String(on));
    return element;
  }

  /** One of several: options are [value, text]. */
  function choice(legend, group, options, value, onChange, attributes = {}) {
    const field = el("fieldset", { class: "choice", ...attributes }, el("legend", {}, legend));
    const inputs = options.map(([one, text]) => {
      const input = el("input", { type: "radio", name: group, value: one, id: `${group}-${one}`, checked: one === value });
      input.addEventListener("change", () => { if (input.checked) onChange(one); });
      field.append(input, el("label", { for: `${group}-${one}` }, text));
      return input;
    });
    field.show = (one) => { for (const input of inputs) input.checked = input.value === one; };
    return field;
  }

  /** A slider with its value in words beside it. */
  function slider(label, id, { min, max, step, value, text }, onInput) {
    const output = el("output", { for: id }, text(value));
    const input = el("input", { type: "range", id, min, max, step, value, "aria-valuetext": text(value) });
    const host = el("div", { class: "amount" }, el("label", { for: id }, label), input, output);
    host.show = (x) => {
      input.value = x;
      output.textContent = text(x);
      input.setAttribute("aria-valuetext", text(x));
    };
    input.addEventListener("input", () => {
      host.show(Number(input.value));
      onInput(Number(input.value));
    });
    input.addEventListener("dblclick", () => {
      host.show(0);
      onInput(0);
    });
    return host;
  }

  const signed = (db) => db > 0 ? `+${words.decibels(db)}` : words.decibels(db);

  /** A picture's canvas with what it shows in words. */
  function asImage(canvas, text) {
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", text);
    return canvas;
  }

  pw.elements = { el, name, section, facts, table, button, toggle, choice, slider, signed, asImage };
})();
