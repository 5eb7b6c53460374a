// A part's name where it is shown, and where the reader changes it.

import { button } from "./controls.js";
import { el, outsideText } from "./elements.js";
import { kMaxNameLength } from "../text/part_names.js";

/** An element that always shows part k's name. */
export function partName(names, k) {
  const element = outsideText(names.of(k));
  names.onChange((changed) => {
    if (changed === k) element.textContent = names.of(k);
  });
  return element;
}

/** A button that turns into a field for the name and back. */
export function nameEditor(names, k) {
  const field = el("input", {
    type: "text",
    class: "rename",
    maxlength: kMaxNameLength,
    "aria-label": `Name of part ${k}`,
    dir: "auto",
    hidden: true,
  });
  const edit = () => {
    field.value = names.of(k);
    field.hidden = false;
    open.hidden = true;
    field.focus();
    field.select();
  };
  const close = (keep) => {
    if (field.hidden) return;
    field.hidden = true;
    open.hidden = false;
    if (keep) names.set(k, field.value);
  };
  const open = button("Rename", edit, { class: "quiet", "aria-label": `Rename part ${k}` });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    close(event.key === "Enter");
    open.focus();
  });
  field.addEventListener("blur", () => close(true));
  return el("span", { class: "naming" }, open, field);
}
