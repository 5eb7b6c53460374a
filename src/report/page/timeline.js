// Which stretch of the recording the pictures show, and which is chosen for the loop.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const kShortestView = 0.02;  // seconds: a few periods of a low note
  const kShortestLoop = 0.05;

  class Timeline {
    constructor(duration) {
      this.duration = duration;
      this.from = 0;
      this.to = duration;
      this.selection = null;
      this.listeners = [];
    }

    onChange(listener) { this.listeners.push(listener); }
    tell() { for (const listener of this.listeners) listener(this); }
    get span() { return this.to - this.from; }
    get zoomed() { return this.span < this.duration * 0.9999; }

    /** Shows [from, to], moved into the recording and kept as long as it may be. */
    show(from, to) {
      const span = Math.min(Math.max(to - from, Math.min(kShortestView, this.duration)), this.duration);
      const begin = Math.min(Math.max(0, from), this.duration - span);
      if (begin === this.from && begin + span === this.to) return;
      this.from = begin;
      this.to = begin + span;
      this.tell();
    }

    /** Shows `factor` times as much (below 1: closer), with the moment `at` staying where it is. */
    zoom(factor, at = (this.from + this.to) / 2) {
      const span = Math.min(Math.max(this.span * factor, kShortestView), this.duration);
      this.show(at - ((at - this.from) / this.span) * span, at - ((at - this.from) / this.span) * span + span);
    }

    pan(seconds) { this.show(this.from + seconds, this.to + seconds); }
    all() { this.show(0, this.duration); }

    /** Turns the page when a moment that was in sight has left it. */
    follow(t) {
      if (this.zoomed && (t > this.to || t < this.from)) this.show(t - 0.05 * this.span, t + 0.95 * this.span);
    }

    select(a, b) {
      const from = Math.max(0, Math.min(a, b)), to = Math.min(this.duration, Math.max(a, b));
      this.selection = to - from < Math.min(kShortestLoop, this.duration) ? null : { from, to };
      this.tell();
    }
    selectNone() {
      this.selection = null;
      this.tell();
    }
  }

  pw.Timeline = Timeline;
})();
