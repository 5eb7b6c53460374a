// Lines and areas of pictures. A line is an array of { x, y }.

/** The line through points, the highest one in each pixel column. */
export function outlineOf(points) {
  const line = [];
  for (const point of points) {
    const last = line[line.length - 1];
    if (last && Math.floor(last.x) === Math.floor(point.x)) {
      if (point.y < last.y) line[line.length - 1] = point;
    } else {
      line.push(point);
    }
  }
  return line;
}

export function strokeLine(context, line, { colour, width }) {
  context.beginPath();
  line.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.stroke();
}

/** The line, and the area between it and `bottom`. */
export function fillUnder(context, line, bottom, colour, opacity = 0.22) {
  if (line.length === 0) return;
  context.beginPath();
  context.moveTo(line[0].x, bottom);
  for (const { x, y } of line) context.lineTo(x, y);
  context.lineTo(line[line.length - 1].x, bottom);
  context.closePath();
  context.globalAlpha = opacity;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
  strokeLine(context, line, { colour, width: opacity > 0.5 ? 1 : 1.5 });
}

export function fillCircle(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** Draws within the box alone. */
export function clipped(context, box, draw) {
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  draw();
  context.restore();
}

/** The points of a row that are in sight, and one beyond on either side. */
export function pointsInSight(values, timeOf, timeline, place) {
  const points = [];
  const step = values.length > 1 ? timeOf(1) - timeOf(0) : 1;
  for (let i = 0; i < values.length; ++i) {
    const t = timeOf(i);
    if (t >= timeline.from - step && t <= timeline.to + step) points.push(place(t, values[i]));
  }
  return points;
}
