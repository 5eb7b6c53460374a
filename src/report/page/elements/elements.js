// Elements of the page. Text goes into it as text, never as markup.

import { hueOf } from "../draw/colours.js";

/** An element with attributes; `text` children are text. A null child is left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A name from outside: its text direction stays its own. */
export const outsideText = (text) => el("bdi", { dir: "auto" }, String(text));

export function section(id, title, ...children) {
  const heading = el("h2", { id: `${id}-title` }, title);
  return el("section", { id, "aria-labelledby": `${id}-title` }, heading, ...children);
}

/** A picture with a title, and its words below. */
export const figure = (title, content, caption) =>
  el("figure", {}, el("h4", {}, title), content, el("figcaption", {}, caption));

export const plot = (canvas) => el("div", { class: "plot" }, canvas);

/** Terms and what they are; a null value is left out. */
export function factList(pairs) {
  const list = el("dl", { class: "facts" });
  for (const [term, value] of pairs) {
    if (value !== null) list.append(el("div", {}, el("dt", {}, term), el("dd", {}, value)));
  }
  return list;
}

export function table(caption, rows, className = "") {
  const row = ([term, value]) =>
    el("tr", {}, el("th", { scope: "row" }, term), el("td", {}, value));
  return el(
    "table",
    { class: className },
    el("caption", {}, caption),
    el("tbody", {}, ...rows.map(row)),
  );
}

/** A dot in the colour of the part around it. */
export const dot = () => el("span", { class: "dot", "aria-hidden": "true" });

/** Gives an element the colour of a part. */
export function setHue(element, k) {
  element.style.setProperty("--hue", hueOf(k));
  return element;
}

/** A picture's canvas with what it shows in words. */
export function describeCanvas(canvas, text) {
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", text);
  return canvas;
}
