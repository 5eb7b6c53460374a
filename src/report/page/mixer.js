// What of all tracks is let through.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const gainOf = (db) => 10 ** (db / 20);

  class Mixer {
    constructor(parts) {
      this.listenTo = "mix";  // or "input", "residual"
      this.residualDb = 0;
      this.parts = Array.from({ length: parts }, () => ({ solo: false, mute: false, db: 0 }));
      this.listeners = [];
    }
    onChange(listener) { this.listeners.push(listener); }
    tell() { for (const listener of this.listeners) listener(this); }

    listen(to) {
      this.listenTo = to;
      this.tell();
    }
    setResidual(db) {
      this.residualDb = db;
      this.tell();
    }
    /** change: some of { solo, mute, db }. Whoever moves a part wants to hear the parts. */
    setPart(k, change) {
      Object.assign(this.parts[k], change);
      this.listenTo = "mix";
      this.tell();
    }
    reset() {
      for (const part of this.parts) Object.assign(part, { solo: false, mute: false, db: 0 });
      this.tell();
    }
    get touched() { return this.parts.some((part) => part.solo || part.mute || part.db !== 0); }
    heard(k) {
      const part = this.parts[k];
      return !part.mute && (part.solo || !this.parts.some((one) => one.solo));
    }

    /** { input, parts }: factors. The residual is the recording minus every part. */
    gains() {
      if (this.listenTo === "input") return { input: 1, parts: this.parts.map(() => 0) };
      const residual = gainOf(this.residualDb);
      if (this.listenTo === "residual") return { input: residual, parts: this.parts.map(() => -residual) };
      return { input: 0, parts: this.parts.map((part, k) => this.heard(k) ? gainOf(part.db) : 0) };
    }
  }

  pw.Mixer = Mixer;
})();
