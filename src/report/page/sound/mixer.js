// Which tracks are heard, and how loud.

import { Observable } from "../model/observable.js";

const factorOf = (db) => 10 ** (db / 20);

export class Mixer extends Observable {
  constructor(partCount) {
    super();
    this.listenTo = "mix"; // or "input", "residual"
    this.residualDb = 0;
    this.parts = Array.from({ length: partCount }, () => ({ solo: false, mute: false, db: 0 }));
  }

  listen(to) {
    this.listenTo = to;
    this.notify();
  }
  setResidualGain(db) {
    this.residualDb = db;
    this.notify();
  }
  /** change: some of { solo, mute, db }. Whoever moves a part wants to hear the parts. */
  setPart(k, change) {
    Object.assign(this.parts[k], change);
    this.listenTo = "mix";
    this.notify();
  }
  reset() {
    for (const part of this.parts) Object.assign(part, { solo: false, mute: false, db: 0 });
    this.notify();
  }

  get modified() {
    return this.parts.some((part) => part.solo || part.mute || part.db !== 0);
  }
  isAudible(k) {
    const part = this.parts[k];
    return !part.mute && (part.solo || !this.parts.some((other) => other.solo));
  }

  /** { input, parts }: factors. The residual is the recording minus every part. */
  gains() {
    if (this.listenTo === "input") return { input: 1, parts: this.parts.map(() => 0) };
    const residual = factorOf(this.residualDb);
    if (this.listenTo === "residual")
      return { input: residual, parts: this.parts.map(() => -residual) };
    return {
      input: 0,
      parts: this.parts.map((part, k) => (this.isAudible(k) ? factorOf(part.db) : 0)),
    };
  }
}
