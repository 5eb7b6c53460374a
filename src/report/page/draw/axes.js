// Axes around a plot. A box is { left, right, top, bottom } in pixels.

// The left and right margins are the same for every plot over time, so that times line up; the
// style sheet places playheads by them.
export const kLeft = 44;
export const kRight = 12;

/** The box of a plot with these margins above and below. */
export const plotBox = (theme, top, bottom) => ({
  left: kLeft,
  right: theme.width - kRight,
  top,
  bottom: theme.height - bottom,
});

export function drawText(context, label, x, y, align, baseline) {
  context.textAlign = align;
  context.textBaseline = baseline;
  context.fillText(label, x, y);
}

export function drawGround(context, box, colour) {
  context.fillStyle = colour;
  context.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
}

/** Ticks below (or above) the plot; a label that would run into its neighbour is left out. */
export function axisX(
  context,
  box,
  ticks,
  place,
  theme,
  { grid = false, above = false, unit = "" } = {},
) {
  const y = above ? box.top - 5 : box.bottom + 5;
  const baseline = above ? "bottom" : "top";
  const unitWidth = unit ? context.measureText(unit).width + 10 : 0;
  let free = -Infinity;
  ticks.forEach(({ at, label }) => {
    const x = Math.round(place(at)) + 0.5;
    context.fillStyle = theme.line;
    if (grid) context.fillRect(x - 0.5, box.top, 1, box.bottom - box.top);
    context.fillRect(x - 0.5, above ? box.top - 3 : box.bottom, 1, 3);
    const half = context.measureText(label).width / 2;
    if (x - half < free || x + half > theme.width - 2 - unitWidth) return;
    context.fillStyle = theme.soft;
    drawText(context, label, x, y, "center", baseline);
    free = x + half + 6;
  });
  context.fillStyle = theme.soft;
  if (unit) drawText(context, unit, theme.width - 2, y, "right", baseline);
}

export function axisY(context, box, ticks, place, theme, { grid = false } = {}) {
  ticks.forEach(({ at, label }) => {
    const y = Math.round(place(at)) + 0.5;
    context.fillStyle = theme.line;
    if (grid) context.fillRect(box.left, y - 0.5, box.right - box.left, 1);
    context.fillRect(box.left - 3, y - 0.5, 3, 1);
    context.fillStyle = theme.soft;
    drawText(context, label, box.left - 6, y, "right", "middle");
  });
}

/** The lines of an axis whose numbers stand under another picture. */
export function gridX(context, box, ticks, place, theme) {
  context.fillStyle = theme.line;
  for (const { at } of ticks)
    context.fillRect(Math.round(place(at)), box.top, 1, box.bottom - box.top);
}

export function drawFrame(context, box, theme) {
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.strokeRect(
    box.left - 0.5,
    box.top - 0.5,
    box.right - box.left + 1,
    box.bottom - box.top + 1,
  );
}
