// Pictures over time: the playhead, the chosen stretch, and what a pointer does to them. A click goes there,
// a drag chooses, the wheel with Ctrl zooms and sideways pans; fingers tap, drag and pinch.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { el } = pw.elements;
  const { kLeft, kRight } = pw.plot;
  const kClick = 4;  // pixels that a pointer may move and still click
  const kWheel = 0.002;  // of a doubling, for each unit of a wheel

  /** top, bottom: the margins of the plot inside the canvases, in pixels. `wheelHz(factor, event)` or null. */
  function timePlot(app, canvases, { top, bottom, wheelHz = null }) {
    const { timeline, transport } = app;
    const head = el("div", { class: "playhead", "aria-hidden": "true" });
    const chosen = el("div", { class: "chosen", "aria-hidden": "true" });
    for (const mark of [head, chosen]) {
      mark.style.top = `${top}px`;
      mark.style.bottom = `${bottom}px`;
    }
    const host = el("div", { class: "plot over-time" }, ...canvases, chosen, head);
    const bounds = () => {
      const box = host.getBoundingClientRect();
      return { left: box.left + kLeft, width: box.width - kLeft - kRight };
    };
    const timeAt = (clientX) => {
      const { left, width } = bounds();
      return timeline.from + Math.min(1, Math.max(0, (clientX - left) / width)) * timeline.span;
    };
    const inside = (event) => {
      const { left, width } = bounds();
      return event.clientX >= left - kClick && event.clientX <= left + width + kClick;
    };
    const pointers = new Map();
    let start = null, pinch = null;

    host.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !inside(event)) return;
      pointers.set(event.pointerId, event);
      host.setPointerCapture(event.pointerId);
      start = { x: event.clientX, t: timeAt(event.clientX), from: timeline.from, to: timeline.to, moved: false, touch: event.pointerType === "touch" };
      if (pointers.size === 2) {
        const [a, b] = [...pointers.values()].map((p) => p.clientX);
        pinch = { apart: Math.max(10, Math.abs(a - b)), at: timeAt((a + b) / 2), span: timeline.span };
        start.moved = true;
      }
    });
    host.addEventListener("pointermove", (event) => {
      if (!pointers.has(event.pointerId)) return;
      pointers.set(event.pointerId, event);
      if (pointers.size === 2 && pinch) {
        const [a, b] = [...pointers.values()].map((p) => p.clientX);
        timeline.zoom((pinch.span * pinch.apart) / Math.max(10, Math.abs(a - b)) / timeline.span, pinch.at);
        return;
      }
      if (!start || Math.abs(event.clientX - start.x) <= kClick && !start.moved) return;
      start.moved = true;
      if (start.touch) {
        const shift = ((start.x - event.clientX) / bounds().width) * (start.to - start.from);
        timeline.show(start.from + shift, start.to + shift);
      } else {
        timeline.select(start.t, timeAt(event.clientX));
      }
    });
    host.addEventListener("pointerup", (event) => {
      pointers.delete(event.pointerId);
      if (pointers.size > 0) return;
      if (start && !start.moved) {
        const t = timeAt(event.clientX);
        const { selection } = timeline;
        if (selection && (t < selection.from || t > selection.to)) timeline.selectNone();
        transport.seek(t);
      }
      start = pinch = null;
    });
    host.addEventListener("pointercancel", (event) => {
      pointers.delete(event.pointerId);
      start = pinch = null;
    });
    host.addEventListener("wheel", (event) => {
      if (event.ctrlKey) {
        event.preventDefault();
        const factor = 2 ** (event.deltaY * kWheel * (event.deltaMode === 0 ? 1 : 20));
        if (event.shiftKey && wheelHz) wheelHz(factor, event);
        else timeline.zoom(factor, timeAt(event.clientX));
      } else if (timeline.zoomed && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
        event.preventDefault();
        timeline.pan(((event.deltaX || event.deltaY) / bounds().width) * timeline.span);
      }
    }, { passive: false });
    return { host, timeAt, inside };
  }

  /** Keeps playheads and the chosen stretch where they belong on all plots at once. */
  function followTime(app, page) {
    const { timeline, transport } = app;
    const share = (t) => (t - timeline.from) / timeline.span;
    let wasAt = -1;
    const place = () => {
      const t = transport.position;
      if (transport.playing && wasAt >= timeline.from && wasAt <= timeline.to) timeline.follow(t);
      wasAt = t;
      const at = share(t);
      page.style.setProperty("--at", String(Math.min(1, Math.max(0, at))));
      page.classList.toggle("head-in-sight", at >= 0 && at <= 1);
    };
    const frame = () => {
      place();
      if (transport.playing) requestAnimationFrame(frame);
    };
    transport.onChange(frame);
    timeline.onChange(() => {
      place();
      const { selection } = timeline;
      page.classList.toggle("has-choice", selection !== null && selection.to > timeline.from && selection.from < timeline.to);
      if (!selection) return;
      const clip = (x) => Math.min(1, Math.max(0, x));
      page.style.setProperty("--from", String(clip(share(selection.from))));
      page.style.setProperty("--to", String(clip(share(selection.to))));
    });
    place();
  }

  pw.timePlot = timePlot;
  pw.followTime = followTime;
})();
