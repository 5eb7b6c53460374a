// The list of keys. They do nothing while something is typed, and can be switched off.

import { el, section } from "../elements/elements.js";
import { actionOf, keyMap } from "./key_map.js";

const kStore = "partwise:keys";
const kTextFields =
  "input:not([type=range]):not([type=radio]):not([type=checkbox]), select, textarea";

function storedOn() {
  try {
    return localStorage.getItem(kStore) !== "off";
  } catch {
    return true;
  }
}

function storeOn(on) {
  try {
    localStorage.setItem(kStore, on ? "on" : "off");
  } catch {
    // it lasts as long as the page is open
  }
}

const isTyping = (element) => element.matches(kTextFields) || element.isContentEditable;

/** Elements that have a use of their own for these keys. */
function hasOwnUse(element, key) {
  if (element.matches("button, a, summary, audio, input[type=checkbox]")) return key === " ";
  if (element.matches("input[type=range], input[type=radio]")) {
    return key === " " || /^Arrow|Home|End/.test(key);
  }
  return element.matches("pre") && key.startsWith("Arrow");
}

function belongsToElement({ target, key }) {
  return target instanceof HTMLElement && (isTyping(target) || hasOwnUse(target, key));
}

export function keysPanel(app) {
  const map = keyMap(app);
  const box = el("input", { type: "checkbox", id: "keys-on", checked: storedOn() });
  box.addEventListener("change", () => storeOn(box.checked));
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented)
      return;
    const action = belongsToElement(event) ? undefined : actionOf(map, event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
  const rows = map
    .filter(({ label }) => label)
    .map(({ label, text }) =>
      el("div", {}, el("dt", {}, el("kbd", {}, label)), el("dd", {}, text)),
    );
  const check = el(
    "p",
    { class: "check" },
    box,
    el("label", { for: "keys-on" }, "Keyboard shortcuts"),
  );
  return section(
    "keys",
    "Keys",
    el("div", { class: "panel" }, check, el("dl", { class: "keys" }, ...rows)),
  );
}
