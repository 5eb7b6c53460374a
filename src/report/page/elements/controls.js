// What can be pressed, chosen and moved.

import { el } from "./elements.js";

export function button(text, onClick, attributes = {}) {
  const element = el("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", onClick);
  return element;
}

/** A button that is on or off: onClick(on) asks for it, `show(on)` shows it. */
export function toggleButton(text, onClick, attributes = {}) {
  const isOn = () => element.getAttribute("aria-pressed") === "true";
  const element = button(text, () => onClick(!isOn()), { "aria-pressed": "false", ...attributes });
  element.show = (on) => element.setAttribute("aria-pressed", String(on));
  return element;
}

/** One of several: options are [value, text]. `show(value)` shows which. */
export function radioGroup(legend, group, options, value, onChange) {
  const field = el("fieldset", { class: "choice" }, el("legend", {}, legend));
  const inputs = options.map(([one, text]) => {
    const id = `${group}-${one}`;
    const input = el("input", {
      type: "radio",
      name: group,
      value: one,
      id,
      checked: one === value,
    });
    input.addEventListener("change", () => {
      if (input.checked) onChange(one);
    });
    field.append(input, el("label", { for: id }, text));
    return input;
  });
  field.show = (one) => {
    for (const input of inputs) input.checked = input.value === one;
  };
  return field;
}

/**
 * A slider with its value in words beside it; a double click goes back to 0. `show(value)` shows a
 * value.
 */
export function slider(label, id, { min, max, step, value, text }, onInput) {
  const output = el("output", { for: id }, text(value));
  const input = el("input", {
    type: "range",
    id,
    min,
    max,
    step,
    value,
    "aria-valuetext": text(value),
  });
  const host = el("div", { class: "amount" }, el("label", { for: id }, label), input, output);
  host.show = (x) => {
    input.value = x;
    output.textContent = text(x);
    input.setAttribute("aria-valuetext", text(x));
  };
  const change = (x) => {
    host.show(x);
    onInput(x);
  };
  input.addEventListener("input", () => change(Number(input.value)));
  input.addEventListener("dblclick", () => change(0));
  return host;
}
