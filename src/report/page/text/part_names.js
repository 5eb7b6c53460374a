// What the parts are called: as the model says, or as the reader has named them in this browser.

import { Observable } from "../model/observable.js";
import { runKey } from "../model/summary.js";
import { partTitle } from "./run_text.js";

export const kMaxNameLength = 80;

/** What was stored under a key, as far as it is names. */
function storedNames(key) {
  try {
    const stored = Object.entries(JSON.parse(localStorage.getItem(key) ?? "{}") ?? {});
    return Object.fromEntries(stored.filter(([, text]) => typeof text === "string"));
  } catch {
    return {}; // no store, or not ours: the model's names stay
  }
}

/** Listeners get the number of the part whose name has changed. */
export class PartNames extends Observable {
  constructor(model) {
    super();
    this.parts = model.parts;
    this.key = `partwise:names:${runKey(model.summary)}`;
    this.given = storedNames(this.key);
  }

  of(k) {
    return this.given[k] ?? partTitle(this.parts[k], k);
  }

  /** An empty name, or the model's own, takes the given one back. */
  set(k, text) {
    const clean = text.trim().slice(0, kMaxNameLength);
    if (clean === "" || clean === partTitle(this.parts[k], k)) delete this.given[k];
    else this.given[k] = clean;
    try {
      localStorage.setItem(this.key, JSON.stringify(this.given));
    } catch {
      // it lasts as long as the page is open
    }
    this.notify(k);
  }
}
