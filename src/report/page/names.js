// What the parts are called: as the model says, or as the reader has named them in this browser.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { words, elements: { el, name, button } } = pw;
  const kLongest = 80;

  class Names {
    constructor(v) {
      this.v = v;
      this.key = `partwise:names:${pw.model.runKey(v.summary)}`;
      this.given = {};
      this.listeners = [];
      try {
        const kept = JSON.parse(localStorage.getItem(this.key) ?? "{}");
        if (kept && typeof kept === "object") for (const [k, text] of Object.entries(kept)) if (typeof text === "string") this.given[k] = text;
      } catch { /* no store, or not ours: the model's names stay */ }
    }
    onChange(listener) { this.listeners.push(listener); }
    of(k) { return this.given[k] ?? words.partTitle(this.v.parts[k], k); }

    set(k, text) {
      const clean = text.trim().slice(0, kLongest);
      if (clean === "" || clean === words.partTitle(this.v.parts[k], k)) delete this.given[k];
      else this.given[k] = clean;
      try {
        localStorage.setItem(this.key, JSON.stringify(this.given));
      } catch { /* it lasts as long as the page is open */ }
      for (const listener of this.listeners) listener(k);
    }

    /** An element that always shows part k's name. */
    shown(k) {
      const element = name(this.of(k));
      this.onChange((changed) => { if (changed === k) element.textContent = this.of(k); });
      return element;
    }

    /** A button that turns into a field for the name and back. */
    editor(k) {
      const field = el("input", { type: "text", class: "rename", maxlength: kLongest, "aria-label": `Name of part ${k}`, dir: "auto", hidden: true });
      const open = button("Rename", () => {
        field.value = this.of(k);
        field.hidden = false;
        open.hidden = true;
        field.focus();
        field.select();
      }, { class: "quiet", "aria-label": `Rename part ${k}` });
      const close = (keep) => {
        if (field.hidden) return;
        field.hidden = true;
        open.hidden = false;
        if (keep) this.set(k, field.value);
      };
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        close(event.key === "Enter");
        open.focus();
      });
      field.addEventListener("blur", () => close(true));
      return el("span", { class: "naming" }, open, field);
    }
  }

  pw.Names = Names;
})();
