// Where in the recording the playhead is.

import { el } from "../elements/elements.js";
import { clamp } from "../model/values.js";
import { formatSeconds } from "../text/units.js";

/** Where a key on the slider goes to; undefined for keys that have no use there. */
function positionAfter(key, now, duration) {
  const step = duration / 100;
  const positions = {
    ArrowLeft: now - step,
    ArrowDown: now - step,
    ArrowRight: now + step,
    ArrowUp: now + step,
    PageDown: now - 10 * step,
    PageUp: now + 10 * step,
    Home: 0,
    End: duration,
  };
  return positions[key];
}

/** { input, show }: the slider, and what to call when the position has changed. */
export function positionSlider({ model: { duration }, transport }) {
  const input = el("input", {
    type: "range",
    class: "position",
    min: "0",
    max: String(duration),
    step: "any",
    value: "0",
    "aria-label": "Position in the recording",
  });
  const show = () => {
    const t = transport.position;
    input.value = String(t);
    input.setAttribute("aria-valuetext", `${formatSeconds(t)} of ${formatSeconds(duration)}`);
  };
  input.addEventListener("input", () => transport.seek(Number(input.value)));
  input.addEventListener("keydown", (event) => {
    const to = positionAfter(event.key, transport.position, duration);
    if (to !== undefined) transport.seek(clamp(to, 0, duration));
    else if (event.key === " ") transport.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { input, show };
}
