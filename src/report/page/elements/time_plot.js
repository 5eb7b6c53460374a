// Pictures over time, with the playhead and the selected stretch on them.

import { el } from "./elements.js";
import { PlotGestures } from "./plot_gestures.js";
import { clamp } from "../model/values.js";

/**
 * top, bottom: the margins of the plot inside the canvases, in pixels. Returns the element and the
 * gestures on it, which know what time is under a pointer.
 */
export function timePlot(app, canvases, { top, bottom, zoomFrequency = null }) {
  const playhead = el("div", { class: "playhead", "aria-hidden": "true" });
  const selected = el("div", { class: "chosen", "aria-hidden": "true" });
  for (const mark of [playhead, selected]) {
    mark.style.top = `${top}px`;
    mark.style.bottom = `${bottom}px`;
  }
  const host = el("div", { class: "plot over-time" }, ...canvases, selected, playhead);
  return { host, gestures: new PlotGestures(host, app, zoomFrequency) };
}

/** Keeps playheads and the selected stretch where they belong on all plots at once. */
export function followTime({ timeline, transport }, page) {
  const share = (t) => (t - timeline.from) / timeline.span;
  const setShare = (name, t) => page.style.setProperty(name, String(clamp(share(t), 0, 1)));
  let previous = -1;
  const placePlayhead = () => {
    const t = transport.position;
    const wasInSight = previous >= timeline.from && previous <= timeline.to;
    if (transport.playing && wasInSight) timeline.follow(t);
    previous = t;
    setShare("--at", t);
    page.classList.toggle("head-in-sight", t >= timeline.from && t <= timeline.to);
  };
  const everyFrame = () => {
    placePlayhead();
    if (transport.playing) requestAnimationFrame(everyFrame);
  };
  transport.onChange(everyFrame);
  timeline.onChange(() => {
    placePlayhead();
    const { selection } = timeline;
    const inSight =
      selection !== null && selection.to > timeline.from && selection.from < timeline.to;
    page.classList.toggle("has-choice", inSight);
    if (!selection) return;
    setShare("--from", selection.from);
    setShare("--to", selection.to);
  });
  placePlayhead();
}
