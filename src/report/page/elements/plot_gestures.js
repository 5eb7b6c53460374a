// What a pointer does on pictures over time. A click goes there, a drag selects, the wheel with
// Ctrl zooms and sideways pans; fingers tap, drag and pinch.

import { kLeft, kRight } from "../draw/axes.js";
import { clamp } from "../model/values.js";

const kClickPixels = 4; // that a pointer may move and still click
const kDoublingsPerWheelUnit = 0.002;
const kPixelsPerLine = 20; // of wheels that count lines
const kMinFingerPixels = 10; // between two fingers

const fingers = (pointers) => [...pointers.values()].map((pointer) => pointer.clientX);
const apart = ([a, b]) => Math.max(kMinFingerPixels, Math.abs(a - b));

export class PlotGestures {
  #pointers = new Map(); // of their ids to their last events
  #drag = null; // where a click, a drag or a pan began
  #pinch = null;

  /** zoomFrequency(factor, event): what the wheel with Ctrl and Shift does, or null. */
  constructor(host, { timeline, transport }, zoomFrequency) {
    Object.assign(this, { host, timeline, transport, zoomFrequency });
    host.addEventListener("pointerdown", (event) => this.#down(event));
    host.addEventListener("pointermove", (event) => this.#move(event));
    host.addEventListener("pointerup", (event) => this.#up(event));
    host.addEventListener("pointercancel", (event) => this.#end(event));
    host.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
  }

  bounds() {
    const box = this.host.getBoundingClientRect();
    return { left: box.left + kLeft, width: box.width - kLeft - kRight };
  }
  timeAt(clientX) {
    const { left, width } = this.bounds();
    return this.timeline.from + clamp((clientX - left) / width, 0, 1) * this.timeline.span;
  }
  /** Is the pointer over the plot, and not over its margins? */
  isInside({ clientX }) {
    const { left, width } = this.bounds();
    return clientX >= left - kClickPixels && clientX <= left + width + kClickPixels;
  }

  #down(event) {
    if (event.button !== 0 || !this.isInside(event)) return;
    this.#pointers.set(event.pointerId, event);
    this.host.setPointerCapture(event.pointerId);
    const { from, to, span } = this.timeline;
    const touch = event.pointerType === "touch";
    this.#drag = { x: event.clientX, t: this.timeAt(event.clientX), from, to, touch, moved: false };
    if (this.#pointers.size !== 2) return;
    const [a, b] = fingers(this.#pointers);
    this.#pinch = { apart: apart([a, b]), at: this.timeAt((a + b) / 2), span };
    this.#drag.moved = true;
  }

  #move(event) {
    if (!this.#pointers.has(event.pointerId)) return;
    this.#pointers.set(event.pointerId, event);
    const { timeline } = this;
    if (this.#pointers.size === 2 && this.#pinch) {
      const span = (this.#pinch.span * this.#pinch.apart) / apart(fingers(this.#pointers));
      timeline.zoom(span / timeline.span, this.#pinch.at);
      return;
    }
    const drag = this.#drag;
    if (!drag || (Math.abs(event.clientX - drag.x) <= kClickPixels && !drag.moved)) return;
    drag.moved = true;
    if (drag.touch) {
      const shift = ((drag.x - event.clientX) / this.bounds().width) * (drag.to - drag.from);
      timeline.show(drag.from + shift, drag.to + shift);
    } else {
      timeline.select(drag.t, this.timeAt(event.clientX));
    }
  }

  #up(event) {
    const drag = this.#drag;
    this.#end(event);
    if (this.#pointers.size === 0 && drag && !drag.moved) this.#click(this.timeAt(event.clientX));
  }

  /** The last pointer that leaves ends the gesture. */
  #end(event) {
    this.#pointers.delete(event.pointerId);
    if (this.#pointers.size === 0 || event.type === "pointercancel")
      this.#drag = this.#pinch = null;
  }

  #click(t) {
    const { selection } = this.timeline;
    if (selection && (t < selection.from || t > selection.to)) this.timeline.clearSelection();
    this.transport.seek(t);
  }

  #wheel(event) {
    const { timeline } = this;
    if (event.ctrlKey) {
      event.preventDefault();
      const pixels =
        event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : kPixelsPerLine);
      const factor = 2 ** (pixels * kDoublingsPerWheelUnit);
      if (event.shiftKey && this.zoomFrequency) this.zoomFrequency(factor, event);
      else timeline.zoom(factor, this.timeAt(event.clientX));
    } else if (
      timeline.zoomed &&
      (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
    ) {
      event.preventDefault();
      timeline.pan(((event.deltaX || event.deltaY) / this.bounds().width) * timeline.span);
    }
  }
}
