// How the fit went: the objective by iterations, and what numbers of templates leave.

import { axisX, axisY, drawFrame, drawGround, plotBox } from "./axes.js";
import { fillCircle, strokeLine } from "./curves.js";
import { Picture } from "./picture.js";
import { makeScale } from "./scale.js";
import { iterationTicks, logTicks } from "./ticks.js";

const kTraceLeft = 64; // the numbers of the objective are long

/** { picture, first, last }, or null where there are not two values to draw. */
export function tracePicture(objective) {
  const last = objective.last_iteration;
  const points = objective.values
    .map((value, i) => ({ at: Math.min(i * objective.iterations_per_point, last), value }))
    .filter(({ value }) => value > 0);
  if (points.length < 2) return null;
  const low = Math.min(...points.map((point) => point.value));
  const high = Math.max(...points.map((point) => point.value));
  const picture = new Picture("trace", (context, theme) => {
    const box = { ...plotBox(theme, 10, 20), left: kTraceLeft };
    const margin = Math.max((high / low) ** 0.06, 1.001);
    const x = makeScale(0, Math.max(last, 1), box.left, box.right);
    const y = makeScale(low / margin, high * margin, box.bottom, box.top, true);
    drawGround(context, box, theme.ground);
    axisY(context, box, logTicks(low / margin, high * margin), y, theme, { grid: true });
    axisX(context, box, iterationTicks(last), x, theme, { grid: true });
    const line = points.map(({ at, value }) => ({ x: x(at), y: y(value) }));
    strokeLine(context, line, { colour: theme.own, width: 2 });
    drawFrame(context, box, theme);
  });
  return { picture, first: points[0].value, last: points[points.length - 1].value };
}

/** What 1, 2, ... templates leave of the recording, and the number that was taken. */
export function curvePicture(curve, taken) {
  return new Picture("curve", (context, theme) => {
    const box = plotBox(theme, 10, 20);
    const x = makeScale(1, curve.length, box.left + 12, box.right - 12);
    const y = makeScale(0, 1, box.bottom, box.top + 4);
    drawGround(context, box, theme.ground);
    const shares = [0, 0.5, 1].map((share) => ({ at: share, label: String(share) }));
    axisY(context, box, shares, y, theme, { grid: true });
    axisX(
      context,
      box,
      curve.map((_, i) => ({ at: i + 1, label: String(i + 1) })),
      x,
      theme,
    );
    const line = curve.map((share, i) => ({ x: x(i + 1), y: y(share) }));
    strokeLine(context, line, { colour: theme.own, width: 2 });
    context.fillStyle = theme.own;
    line.forEach((point, i) => fillCircle(context, point.x, point.y, i + 1 === taken ? 6 : 3));
    drawFrame(context, box, theme);
  });
}
