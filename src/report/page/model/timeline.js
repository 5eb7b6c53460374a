// Which stretch of the recording the pictures show, and which is selected for the loop.

import { Observable } from "./observable.js";
import { clamp } from "./values.js";

const kMinViewSeconds = 0.02; // a few periods of a low note
const kMinLoopSeconds = 0.05;

export class Timeline extends Observable {
  constructor(duration) {
    super();
    this.duration = duration;
    this.from = 0;
    this.to = duration;
    this.selection = null;
  }

  get span() {
    return this.to - this.from;
  }
  get zoomed() {
    return this.span < this.duration * 0.9999;
  }

  /** Shows [from, to], moved into the recording and kept as long as it may be. */
  show(from, to) {
    const span = clamp(to - from, Math.min(kMinViewSeconds, this.duration), this.duration);
    const begin = Math.min(Math.max(0, from), this.duration - span);
    if (begin === this.from && begin + span === this.to) return;
    this.from = begin;
    this.to = begin + span;
    this.notify();
  }

  /** Shows `factor` times as much (below 1: closer), with the moment `at` staying where it is. */
  zoom(factor, at = (this.from + this.to) / 2) {
    const span = Math.min(Math.max(this.span * factor, kMinViewSeconds), this.duration);
    const begin = at - ((at - this.from) / this.span) * span;
    this.show(begin, begin + span);
  }

  pan(seconds) {
    this.show(this.from + seconds, this.to + seconds);
  }
  showAll() {
    this.show(0, this.duration);
  }

  /** Turns the page when a moment that was in sight has left it. */
  follow(t) {
    if (this.zoomed && (t > this.to || t < this.from)) {
      this.show(t - 0.05 * this.span, t + 0.95 * this.span);
    }
  }

  select(a, b) {
    const from = Math.max(0, Math.min(a, b));
    const to = Math.min(this.duration, Math.max(a, b));
    this.selection = to - from < Math.min(kMinLoopSeconds, this.duration) ? null : { from, to };
    this.notify();
  }
  clearSelection() {
    this.selection = null;
    this.notify();
  }
}
