// The picture of the tree of merges.

import { drawText } from "./axes.js";
import { fillCircle } from "./curves.js";
import { Picture } from "./picture.js";
import { makeScale } from "./scale.js";
import { isCut, layoutTree, partOfNode, partsOf } from "../model/merge_tree.js";
import { clamp } from "../model/values.js";

const kMinNumberedLeaf = 16; // pixels
const kSide = 12; // pixels beside the tree

/** A branch from one child up, over, and down to the other. */
function drawMerge(context, { children: [a, b], height }, x, y) {
  context.beginPath();
  context.moveTo(x(a.x), y(a.height));
  context.lineTo(x(a.x), y(height));
  context.lineTo(x(b.x), y(height));
  context.lineTo(x(b.x), y(b.height));
  context.stroke();
}

function drawMerges(context, { nodes, partOf, colourOf, x, y }, theme) {
  for (const node of nodes) {
    if (!node.children) continue;
    const part = partOfNode(node, partOf);
    context.strokeStyle = part >= 0 ? colourOf(part) : theme.soft;
    context.lineWidth = part >= 0 ? 2 : 1;
    context.setLineDash(node.odds < 0 ? [3, 3] : []);
    drawMerge(context, node, x, y);
  }
  context.setLineDash([]);
}

function drawLeaves(context, { nodes, order, partOf, colourOf, x, y, step, selected }, theme) {
  for (const k of order) {
    context.fillStyle = colourOf(partOf[k]);
    fillCircle(context, x(nodes[k].x), y(0), selected === k ? 5 : 3);
    context.fillStyle = theme.soft;
    if (step >= kMinNumberedLeaf)
      drawText(context, String(k), x(nodes[k].x), y(0) + 6, "center", "top");
  }
}

/**
 * hueOf(part), selected(): the component that is drawn larger. With the component at a place in it.
 */
export function treePicture(grouping, hueOf, selected) {
  const { nodes, order } = layoutTree(grouping.tree);
  const partOf = partsOf(grouping.groups);
  const cut = isCut({ nodes, order }, grouping.groups, partOf);
  const picture = new Picture("tree", (context, theme) => {
    const style = getComputedStyle(picture.canvas);
    const [saturation, lightness] = ["--saturation", "--lightness"].map((name) =>
      style.getPropertyValue(name),
    );
    const colourOf = (part) => `hsl(${hueOf(part)} ${saturation} ${lightness})`;
    const box = { left: kSide, right: theme.width - kSide, top: 8, bottom: theme.height - 18 };
    const step = (box.right - box.left) / order.length;
    const x = (at) => box.left + (at + 0.5) * step;
    const y = makeScale(0, Math.max(order.length - 0.5, 1), box.bottom, box.top);
    if (cut) {
      const at = Math.round(y(order.length - grouping.groups.length + 0.5)) + 0.5;
      context.fillStyle = theme.ink;
      context.fillRect(0, at, theme.width, 1);
    }
    const plan = { nodes, order, partOf, colourOf, x, y, step, selected: selected() };
    drawMerges(context, plan, theme);
    drawLeaves(context, plan, theme);
  });
  const leafAt = (px, width) => {
    const i = Math.floor((px - kSide) / ((width - 2 * kSide) / order.length));
    return order[clamp(i, 0, order.length - 1)];
  };
  return { picture, cut, leafAt };
}
