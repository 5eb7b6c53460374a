// The tree of merges: where its nodes stand, and what it looks like.
(() => {
  "use strict";
  const pw = globalThis.partwise;
  const { Picture, axisX, axisY, frame, scale, text, kLeft, kRight } = pw.plot;
  const kLeastLeafWithNumber = 16;  // pixels

  /** Every node's place: leaves side by side so that no branches cross, a merge as high as its number. */
  function layout(tree) {
    const count = tree.length + 1;
    const nodes = Array.from({ length: count }, (_, k) => ({ height: 0, leaves: [k], children: null }));
    tree.forEach(({ first, second, log_odds: odds }, i) => {
      const children = [nodes[first], nodes[second]];
      nodes.push({ height: i + 1, odds, children, leaves: [...children[0].leaves, ...children[1].leaves] });
    });
    const order = nodes[nodes.length - 1].leaves;
    order.forEach((leaf, i) => { nodes[leaf].x = i; });
    for (const node of nodes) if (node.children) node.x = (node.children[0].x + node.children[1].x) / 2;
    return { nodes, order };
  }

  /** partOf[k] is the part of component k. */
  function partsOf(groups) {
    const partOf = [];
    groups.forEach((group, part) => group.forEach((k) => { partOf[k] = part; }));
    return partOf;
  }

  /** The part that all of a node belongs to; -1 where there are several. */
  const partOfNode = (node, partOf) => node.leaves.every((k) => partOf[k] === partOf[node.leaves[0]]) ? partOf[node.leaves[0]] : -1;

  /** Are the groups what a line through the tree cuts it into? Not after somebody merged or split one. */
  function isCut({ nodes }, groups, partOf) {
    const merges = nodes.length - (nodes.length + 1) / 2;
    return nodes.every((node) => !node.children || (partOfNode(node, partOf) >= 0) === (node.height <= merges + 1 - groups.length));
  }

  /** The picture, and which component stands at a place in it. */
  function treePicture(grouping, hueOf, chosen) {
    const placed = layout(grouping.tree), { nodes, order } = placed;
    const partOf = partsOf(grouping.groups), cut = isCut(placed, grouping.groups, partOf);
    const place = (width, height) => {
      const box = { left: 12, right: width - 12, top: 8, bottom: height - 18 };
      const step = (box.right - box.left) / order.length;
      return { box, step, x: (at) => box.left + (at + 0.5) * step, y: scale(0, Math.max(order.length - 0.5, 1), box.bottom, box.top) };
    };
    const picture = new Picture("tree", (context, theme) => {
      const { box, step, x, y } = place(theme.width, theme.height);
      const colourOf = (part) => `hsl(${hueOf(part)} ${getComputedStyle(picture.canvas).getPropertyValue("--saturation")} ${getComputedStyle(picture.canvas).getPropertyValue("--lightness")})`;
      if (cut) {
        const at = Math.round(y(order.length - grouping.groups.length + 0.5)) + 0.5;
        context.fillStyle = theme.ink;
        context.setLineDash([]);
        context.fillRect(box.left - 12, at, box.right - box.left + 24, 1);
      }
      for (const node of nodes) {
        const part = partOfNode(node, partOf);
        context.strokeStyle = part >= 0 ? colourOf(part) : theme.soft;
        context.lineWidth = part >= 0 ? 2 : 1;
        if (!node.children) continue;
        context.setLineDash(node.odds < 0 ? [3, 3] : []);
        const [a, b] = node.children;
        context.beginPath();
        context.moveTo(x(a.x), y(a.height));
        context.lineTo(x(a.x), y(node.height));
        context.lineTo(x(b.x), y(node.height));
        context.lineTo(x(b.x), y(b.height));
        context.stroke();
      }
      context.setLineDash([]);
      for (const k of order) {
        context.fillStyle = colourOf(partOf[k]);
        context.beginPath();
        context.arc(x(nodes[k].x), y(0), chosen() === k ? 5 : 3, 0, 2 * Math.PI);
        context.fill();
        context.fillStyle = theme.soft;
        if (step >= kLeastLeafWithNumber) text(context, String(k), x(nodes[k].x), box.bottom + 6, "center", "top");
      }
    });
    const leafAt = (px, width) => order[Math.min(order.length - 1, Math.max(0, Math.floor((px - 12) / ((width - 24) / order.length))))];
    return { picture, cut, order, leafAt };
  }

  /** What 1, 2, ... templates leave of the recording, and the number that was taken. */
  function curvePicture(curve, taken) {
    return new Picture("curve", (context, theme) => {
      const at = { left: kLeft, right: theme.width - kRight, top: 10, bottom: theme.height - 20 };
      const x = scale(1, curve.length, at.left + 12, at.right - 12), y = scale(0, 1, at.bottom, at.top + 4);
      context.fillStyle = theme.ground;
      context.fillRect(at.left, at.top, at.right - at.left, at.bottom - at.top);
      axisY(context, at, [0, 0.5, 1].map((v) => ({ at: v, label: String(v) })), y, theme, { grid: true });
      axisX(context, at, curve.map((_, i) => ({ at: i + 1, label: String(i + 1) })), x, theme);
      context.strokeStyle = context.fillStyle = theme.own;
      context.lineWidth = 2;
      context.beginPath();
      curve.forEach((d, i) => i === 0 ? context.moveTo(x(1), y(d)) : context.lineTo(x(i + 1), y(d)));
      context.stroke();
      curve.forEach((d, i) => {
        context.beginPath();
        context.arc(x(i + 1), y(d), i + 1 === taken ? 6 : 3, 0, 2 * Math.PI);
        context.fill();
      });
      frame(context, at, theme);
    });
  }

  pw.tree = { treePicture, curvePicture, partsOf };
})();
